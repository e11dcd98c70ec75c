"""Events keep the number of the account that changed something, beside its name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("history", "0002_effect")]

    operations = [
        migrations.AddField(
            model_name="changeevent",
            name="account",
            field=models.BigIntegerField(editable=False, null=True, verbose_name="Konto"),
        ),
    ]
