import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0002_notices_and_calendar_links"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="actionpoint",
            options={
                "ordering": [F("due").asc(nulls_last=True), "key"],
                "verbose_name": "Auftrag",
                "verbose_name_plural": "Aufträge",
            },
        ),
        migrations.AlterModelOptions(
            name="agendaitem",
            options={
                "ordering": [
                    F("meeting__day").desc(nulls_last=True),
                    "meeting__key",
                    "order",
                    "key",
                ],
                "verbose_name": "Tagesordnungspunkt",
                "verbose_name_plural": "Tagesordnungspunkte",
            },
        ),
        migrations.AlterModelOptions(
            name="tenure",
            options={
                "ordering": ["seat", F("starts").asc(nulls_first=True), "key"],
                "verbose_name": "Besetzung",
                "verbose_name_plural": "Besetzungen",
            },
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="kept",
            field=models.JSONField(
                blank=True, default=dict, editable=False, verbose_name="Festgehalten"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="kept",
            field=models.JSONField(
                blank=True, default=dict, editable=False, verbose_name="Festgehalten"
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="seat",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendances",
                to="boards.seat",
                verbose_name="Sitz",
            ),
        ),
    ]
