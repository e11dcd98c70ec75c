"""A form with every kind of field, for the gallery."""

from django import forms


class SpecimenForm(forms.Form):
    """Muster."""

    name = forms.CharField(label="Name", help_text="So, wie man ihn vor Ort kennt.")
    until = forms.DateField(label="Letzter Tag", help_text="Zum Beispiel 31.12.2019.")
    money = forms.ChoiceField(
        label="Stand des Geldes", choices=[("a", "gesichert"), ("b", "beantragt")]
    )
    reason = forms.CharField(label="Begründung", widget=forms.Textarea(attrs={"rows": 2}))
    level = forms.ChoiceField(
        label="Ebene",
        widget=forms.RadioSelect,
        choices=[("county", "Landkreis"), ("town", "Gemeinde")],
    )
    public = forms.BooleanField(label="Darf veröffentlicht werden", required=False)


class FilterForm(forms.Form):
    """Muster einer Einschränkung."""

    on = forms.DateField(label="Stand am", required=False)
    topic = forms.ChoiceField(
        label="Themenfeld", required=False, choices=[("", "alle"), ("s", "Sprache")]
    )
    text = forms.CharField(label="Enthält", required=False)


class VerdictSpecimenForm(forms.Form):
    """Muster einer Beurteilung."""

    decision = forms.ChoiceField(
        label="Beurteilung", choices=[("", "noch offen"), ("i", "beabsichtigt")]
    )
    grounds = forms.CharField(label="Gründe", widget=forms.Textarea(attrs={"rows": 2}))
