"""Events say what became of their subject; a new verb needs no migration any more."""

from django.db import migrations, models

_ADDING = ("created", "imported", "found", "judged", "attached")


def tell_effects(apps, schema_editor):
    events = apps.get_model("history", "ChangeEvent").objects
    events.filter(verb="removed").update(effect="-")
    events.filter(verb__in=_ADDING, changed={}).update(effect="+")


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="changeevent",
            name="verb",
            field=models.CharField(max_length=40, verbose_name="Was"),
        ),
        migrations.AddField(
            model_name="changeevent",
            name="effect",
            field=models.CharField(
                choices=[("+", "neu"), ("~", "geändert"), ("-", "gelöscht")],
                default="~",
                max_length=1,
                verbose_name="Wirkung",
            ),
        ),
        migrations.RunPython(tell_effects, migrations.RunPython.noop),
    ]
