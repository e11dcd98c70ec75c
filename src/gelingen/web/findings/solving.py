"""Make a measure of a finding."""

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.editing import may_create, offers, sheet_of, texts_of
from gelingen.editing.solving import Proposal, begin_measure, propose_measure
from gelingen.errors import UserError
from gelingen.findings.current import Current, current
from gelingen.findings.queries import get_finding
from gelingen.web.editing.forms import RecordForm
from gelingen.web.findings.forms import own_function
from gelingen.web.pages import StaffRequest, address, came_from, page, staff, tell
from gelingen.workbook.declare import Sheet

if TYPE_CHECKING:
    from gelingen.findings.models import Finding

# What stands open, in this order; of the last four only what the finding names is offered.
OPEN = ("title", "topic", "lead", "starts", "ends", "cost_year", "fte")
NAMED = ("needs", "goals", "target_groups", "territories")
Offers = dict[str, list[tuple[str, str]]]


class SolveForm(forms.Form):
    """Was außer der Maßnahme festgehalten wird: das Ziel und die Bewertung des Befunds."""

    goal_title = forms.CharField(
        label="Neues Wirkungsziel",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Die Veränderung bei der Zielgruppe, nicht die Tätigkeit. Leer: kein neues Ziel.",
    )
    decided_why = forms.CharField(
        label="Begründung der Bewertung",
        help_text="Warum der Befund durch eine Maßnahme gelöst wird. Ein Satz genügt.",
    )
    decided_by = forms.CharField(label="Wer entscheidet (Funktion)", max_length=200)


@staff
def solve(request: StaffRequest, record: int) -> HttpResponse:
    """Start a measure with everything filled in that the finding tells."""
    found = get_finding(request.user, request.tenant, record)
    sheet = sheet_of("measure")
    if not allowed_in(request.user, May.JUDGE, request.tenant) or not may_create(
        request.user, request.tenant, sheet
    ):
        raise PermissionDenied("Maßnahmen aus Befunden machen")
    known = current(request.user, request.tenant)
    proposal = propose_measure(request.user, found, known, on=today())
    offered = _narrowed(offers(request.user, request.tenant, sheet), proposal, known)
    data = request.POST or None
    form = RecordForm(sheet, offered, data=data, initial=_texts(sheet, proposal, offered))
    beside = SolveForm(data, initial=_beside(request, proposal))
    if request.method == "POST" and form.is_valid() and beside.is_valid():
        batch = _tried(request, form, beside, proposal, found)
        if batch:
            title = form.cleaned_data["title"][0]
            tell(request, f"Maßnahme angelegt und dem Befund zugeordnet: {title}.", undo=batch)
            return HttpResponseRedirect(came_from(request, address(request, "findings")))
    open_ = [*OPEN, *(name for name in NAMED if proposal.measure[name])]
    answer = page(
        request,
        "findings/solve.html",
        form=form,
        beside=beside,
        finding=found,
        open=[form[name] for name in open_],
        folded=[field for field in form.visible_fields() if field.name not in open_],
        with_goal=proposal.goal is not None,
        back=came_from(request, address(request, "finding", record=record)),
    )
    answer.status_code = 422 if request.method == "POST" else 200
    return answer


def _narrowed(offered: Offers, proposal: Proposal, known: Current) -> Offers:
    """Offer only what the finding names, where it names something."""
    named = {name: proposal.measure[name] for name in NAMED}
    return offered | {
        name: [(key, known.name(key)) for key, _ in offered[name] if key in keys]  # type: ignore[operator]  # a tuple of keys
        for name, keys in named.items()
        if keys
    }


def _texts(sheet: Sheet, proposal: Proposal, offered: Offers) -> dict[str, object]:
    """Spell the proposal as the form shows it; what may not be chosen is left out."""
    values = dict(proposal.measure)
    for name, choices in offered.items():
        known = {key for key, _ in choices}
        value = values.get(name)
        if isinstance(value, tuple):
            values[name] = tuple(key for key in value if key in known)
        elif name in values and value not in known:
            values[name] = None
    return texts_of(sheet, values)


def _beside(request: StaffRequest, proposal: Proposal) -> dict[str, object]:
    return {
        "goal_title": proposal.goal["title"] if proposal.goal else "",
        "decided_why": "Der Befund wird durch diese Maßnahme gelöst.",
        "decided_by": own_function(request),
    }


def _tried(
    request: StaffRequest, form: RecordForm, beside: SolveForm, proposal: Proposal, found: "Finding"
) -> str:
    """Write it all; what is refused goes back into the form. The number of the undertaking."""
    given = beside.cleaned_data
    goal = proposal.goal and given["goal_title"] and {**proposal.goal, "title": given["goal_title"]}
    try:
        return begin_measure(
            actor=request.user,
            tenant=request.tenant,
            finding=found,
            measure=form.values(),
            goal=goal or None,
            reason=given["decided_why"],
            by_function=given["decided_by"],
            on=today(),
        )
    except ValidationError as error:
        form.refuse(error)
    except UserError as error:
        form.add_error(None, str(error))
    return ""
