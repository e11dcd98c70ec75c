import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_by_house"),
        ("transfer", "0002_begun"),
    ]

    operations = [
        migrations.CreateModel(
            name="FigureMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shape", models.CharField(max_length=20, verbose_name="Form der Tabelle")),
                ("series", models.JSONField(default=dict, verbose_name="Merkmale")),
                ("places", models.JSONField(default=dict, verbose_name="Gebiete")),
                ("sources", models.JSONField(default=dict, verbose_name="Quellen")),
                ("at", models.DateTimeField(verbose_name="zugeordnet")),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="access.tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "Zuordnung amtlicher Tabellen",
                "verbose_name_plural": "Zuordnungen amtlicher Tabellen",
                "ordering": ["shape"],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "shape"), name="figure_mapping_once")
                ],
            },
        ),
    ]
