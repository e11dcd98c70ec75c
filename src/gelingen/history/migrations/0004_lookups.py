"""A record's history and what happened since are found without reading all of a tenant's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0003_account"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="changeevent",
            index=models.Index(fields=["tenant", "subject"], name="history_tenant_subject"),
        ),
        migrations.AddIndex(
            model_name="changeevent",
            index=models.Index(fields=["tenant", "at"], name="history_tenant_at"),
        ),
    ]
