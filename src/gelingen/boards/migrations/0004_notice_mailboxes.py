from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0003_kept_attendance"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="mailboxes",
            field=models.TextField(blank=True, verbose_name="Postfächer"),
        ),
    ]
