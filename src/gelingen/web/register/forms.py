"""Form of the inventory's pages: attach a file."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

LONGEST_TITLE = 200


class AttachForm(forms.Form):
    """Eine Datei anhängen."""

    title = forms.CharField(
        label="Titel",
        max_length=LONGEST_TITLE,
        help_text="Was darin steht, zum Beispiel: Bescheid.",
    )
    file = forms.FileField(label="Datei", help_text="PDF, DOCX, XLSX, ODT, ODS, Bild oder Text.")
    public = forms.BooleanField(label="darf veröffentlicht werden", required=False)

    def clean(self) -> dict[str, object]:
        """Hand over name and content of the file, as the command takes them."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        file = given.pop("file", None)
        if isinstance(file, UploadedFile):
            given |= {"name": file.name, "content": file}
        return given
