"""The files of a meeting as its page shows them, and the form that attaches one."""

from dataclasses import dataclass

from django import forms
from django.template.defaultfilters import filesizeformat

from gelingen.boards.enclosed import Enclosed, files_of
from gelingen.boards.minutes import Agenda
from gelingen.web.pages import StaffRequest, address
from gelingen.web.register.forms import AttachForm

# Where the files stand on the page of the meeting.
FILES = "dateien"


class FileForm(AttachForm):
    """Eine Datei an die Sitzung oder an einen Punkt anhängen."""

    item = forms.ChoiceField(label="Gehört zu", required=False)

    field_order = ("title", "file", "item", "public")

    def __init__(self, agenda: Agenda, *args: object, **more: object) -> None:
        # Beside it on the page stands the form of an item, whose fields have the same names.
        more["auto_id"] = "datei_%s"
        super().__init__(*args, **more)  # type: ignore[arg-type]  # as every form
        items = [(one.key, f"{one.number}. {one.title}") for one in agenda.items]
        self.fields["item"] = forms.ChoiceField(
            label="Gehört zu", choices=[("", "zur Sitzung im Ganzen"), *items], required=False
        )
        self.fields["public"].label = "öffentlich"
        self.fields["public"].help_text = (
            "Alle, die diese Sitzung sehen, sehen dann auch die Datei; sonst nur, wer "
            "Nichtöffentliches sehen darf."
        )
        self.order_fields(self.field_order)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as the page shows it: the ways to it and to taking it off, and words beside it."""

    title: str
    url: str
    off: str
    said: str


def file_lines(request: StaffRequest, agenda: Agenda) -> list[FileLine]:
    """List the files of a meeting that the person may see. One query."""
    of = agenda.meeting.key
    return [
        FileLine(
            one.file.title,
            address(request, "meeting-file", record=of, file=one.file.key),
            address(request, "remove-meeting-file", record=of, file=one.file.key),
            said_of(one),
        )
        for one in files_of(request.user, agenda)
    ]


def said_of(one: Enclosed) -> str:
    """Say how large a file is, to what it belongs, and whether it is public."""
    about = f"zu {one.item.number}. {one.item.title}" if one.item else ""
    closed = "" if one.public else "nichtöffentlich"
    return ", ".join(filter(None, (filesizeformat(one.file.size), about, closed)))
