"""Keep the random numbers of the tables that were taken in, so that each is taken in once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0003_answers_from_outside"),
    ]

    operations = [
        migrations.AddField(
            model_name="knowncolumns",
            name="used",
            field=models.JSONField(default=list, verbose_name="Eingelesene Tabellen"),
        ),
    ]
