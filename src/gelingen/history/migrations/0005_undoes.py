"""An undertaking says which other one it takes back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0004_lookups"),
    ]

    operations = [
        migrations.AddField(
            model_name="changeevent",
            name="undoes",
            field=models.CharField(blank=True, max_length=32, verbose_name="nimmt Vorgang zurück"),
        ),
        migrations.AddIndex(
            model_name="changeevent",
            index=models.Index(
                condition=models.Q(("undoes", ""), _negated=True),
                fields=["tenant", "undoes"],
                name="history_undoes",
            ),
        ),
    ]
