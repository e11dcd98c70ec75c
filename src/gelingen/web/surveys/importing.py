"""Take in answers that were gathered elsewhere: what columns mean, a preview, all or nothing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.core import signing
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gelingen.config.day import today
from gelingen.errors import UserError
from gelingen.register.attachments import LARGEST
from gelingen.surveys.outside import Columns, NotTakenInError, Reading, columns_of, read_answers
from gelingen.surveys.outside_columns import GROUP, WHO, Sheet, guess, read_sheet
from gelingen.surveys.queries import get_survey
from gelingen.surveys.taking_in import take_back, take_in, taken_in
from gelingen.terms.spelling import day, number
from gelingen.web.lists import Column, Listing
from gelingen.web.pages import REFUSALS, StaffRequest, done, page, sentence_of, staff
from gelingen.web.sent_table import read_sent
from gelingen.web.surveys.tabs import survey_tabs
from gelingen.workbook.folding import fold

if TYPE_CHECKING:
    from gelingen.surveys.models import Survey

_SALT = "gelingen.surveys.outside.once"
_MOST_SIGNED = 2_000_000  # characters; what Django takes in a form, less the rest of it
_A_DAY = 24 * 60 * 60
_MOST_SHOWN = 50
_EXAMPLES = 3
_WRONG = (Column("Zelle"), Column("Was daran nicht stimmt", wide=True))


class TableForm(forms.Form):
    """Die Tabelle mit Antworten, die eingelesen werden soll."""

    datei = forms.FileField(
        label="Tabelle mit Antworten",
        help_text=f"XLSX, ODS oder CSV, höchstens {LARGEST // 1024 // 1024} MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv"}),
        error_messages={
            "required": "Bitte eine Datei auswählen.",
            "empty": "Die Datei ist leer. Bitte eine Datei mit einer Tabelle auswählen.",
        },
    )


class ColumnsForm(forms.Form):
    """Was jede Spalte der Tabelle bedeutet."""

    def __init__(
        self, columns: Columns, sheet: Sheet, idents: Sequence[str], *, data: object = None
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # what a form was sent
        choices = [("", "nicht einlesen"), (GROUP, "Gruppe")]
        choices += [(WHO, "Wer antwortet (Organisation)")] if columns.named else []
        choices += [(one.ident, one.label) for one in columns.offered]
        for at, (head, ident) in enumerate(zip(sheet.heads, idents, strict=True)):
            said = dict.fromkeys(row[at] for row in sheet.rows[:100] if row[at])
            self.fields[f"spalte-{at}"] = forms.ChoiceField(
                label=head or f"Spalte {at + 1} ohne Kopf",
                help_text=", ".join(one[:40] for one in list(said)[:_EXAMPLES]) or "leer",
                choices=choices,
                initial=ident,
                required=False,
            )

    def idents(self) -> list[str]:
        """Give what each column means, in their order: as it was sent, else as it was guessed."""
        if not self.is_bound:
            return [str(one.initial) for one in self.fields.values()]
        self.full_clean()
        return [self.cleaned_data.get(name, "") for name in self.fields]


@staff
def start(request: StaffRequest, record: str) -> HttpResponse:
    """Take a table, ask what its columns mean, show what it holds, and take it in."""
    survey = get_survey(request.user, request.tenant, record)
    try:
        columns = columns_of(request.user, survey, on=today())
    except NotTakenInError as error:
        return _first(request, survey, TableForm(), why_not=str(error))
    if "tabelle" in request.POST:
        return _seen(request, columns)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = read_sent(form.cleaned_data["datei"], read_sheet)
            heads, named = sheet.heads, columns.named
            idents = guess(heads, columns.offered, columns.remembered, named=named)
            return _preview(request, columns, sheet, ColumnsForm(columns, sheet, idents))
        except UserError as error:
            form.add_error("datei", str(error))
    return _first(request, survey, form)


def _first(
    request: StaffRequest, survey: "Survey", form: TableForm, why_not: str = ""
) -> HttpResponse:
    answer = page(
        request,
        "surveys/outside/start.html",
        survey=survey,
        form=form,
        why_not=why_not,
        taken=[(one, day(one.day), _many(one.number)) for one in taken_in(request.user, survey)],
        tabs=survey_tabs(request, survey.key, "survey-answers"),
    )
    answer.status_code = 422 if form.errors else 200
    return answer


def _many(many: int) -> str:
    return "eine Antwort" if many == 1 else f"{number(many)} Antworten"


def _preview(
    request: StaffRequest,
    columns: Columns,
    sheet: Sheet,
    form: ColumnsForm,
    wrong: str = "",
) -> HttpResponse:
    reading: Reading | None = None
    idents = form.idents()
    try:
        reading = read_answers(columns, sheet, idents)
    except NotTakenInError as error:
        wrong = wrong or str(error)
    rows = [sheet.once, sheet.heads, sheet.first, *sheet.rows]
    signed = signing.dumps(rows, salt=_salt(request, columns.survey), compress=True)
    if len(signed) > _MOST_SIGNED:
        raise NotTakenInError("Das ist zu viel Text auf einmal. Bitte die Tabelle aufteilen.")
    found = reading.wrong if reading else ()
    answer = page(
        request,
        "surveys/outside/preview.html",
        survey=columns.survey,
        form=form,
        signed=signed,
        answer=_answer(reading),
        wrong=wrong,
        named=columns.named,
        cells=Listing("Zellen, die nicht zu lesen sind", _WRONG, list(found[:_MOST_SHOWN])),
        more=max(len(found) - _MOST_SHOWN, 0),
        ready=reading is not None and not found and bool(reading.answers),
        shown=",".join(idents),
        unasked=reading.unasked if reading else 0,
    )
    answer.status_code = 422 if wrong else 200
    return answer


def _answer(reading: Reading | None) -> str:
    if reading is None:
        return "Noch nichts eingelesen."
    if reading.wrong:
        return "Nicht jede Zelle ist zu lesen. Noch nichts eingelesen."
    said = _many(len(reading.answers))
    return f"{said[0].upper()}{said[1:]} in der Tabelle. Noch nichts eingelesen."


def _salt(request: StaffRequest, survey: "Survey") -> str:
    return f"{_SALT}:{request.tenant.pk}:{request.user.pk}:{survey.pk}"


def _seen(request: StaffRequest, columns: Columns) -> HttpResponse:
    """Read with what people said of the columns; take in what they have seen."""
    survey = columns.survey
    try:
        once, heads, first, *rows = signing.loads(
            request.POST.get("tabelle", ""), salt=_salt(request, survey), max_age=_A_DAY
        )
    except signing.BadSignature:
        form = TableForm({})
        form.add_error(None, "Bitte die Datei noch einmal auswählen; die Vorschau ist zu alt.")
        return _first(request, survey, form)
    sheet = Sheet(tuple(heads), tuple(tuple(row) for row in rows), first, once)
    form_ = ColumnsForm(columns, sheet, [""] * len(heads), data=request.POST)
    if not form_.is_valid():
        return _preview(request, columns, sheet, form_, "Bitte die Spalten neu zuordnen.")
    idents = form_.idents()
    # What is taken in is what was seen: with other columns the preview comes first.
    if "einlesen" not in request.POST or ",".join(idents) != request.POST.get("gesehen"):
        return _preview(request, columns, sheet, form_)
    return _taken(request, columns, sheet, form_)


def _taken(
    request: StaffRequest, columns: Columns, sheet: Sheet, form: ColumnsForm
) -> HttpResponse:
    idents = form.idents()
    try:
        many = take_in(
            actor=request.user,
            survey=columns.survey,
            reading=read_answers(columns, sheet, idents),
            means={fold(head): one for head, one in zip(sheet.heads, idents, strict=True) if head},
            on=today(),
            at=timezone.now(),
        )
    except REFUSALS as error:
        return _preview(request, columns, sheet, form, sentence_of(error))
    key = columns.survey.key
    return done(request, f"Eingelesen: {_many(many)}.", to="survey-import", record=key)


@staff
@require_POST
def back(request: StaffRequest, record: str) -> HttpResponse:
    """Remove what was taken in at once."""
    survey = get_survey(request.user, request.tenant, record)
    shown = request.POST.get("anzahl", "")
    many = take_back(
        actor=request.user,
        survey=survey,
        ident=request.POST.get("lauf", ""),
        number=int(shown) if shown.isdecimal() else 0,
    )
    return done(request, f"Wieder entfernt: {_many(many)}.", to="survey-import", record=record)
