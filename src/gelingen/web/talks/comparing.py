"""Compare what the coders of a talk found, and settle on what they see differently."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect

from gelingen.analysis.agreement import RELIABLE, TENTATIVE
from gelingen.history.recording import new_batch
from gelingen.talks import queries
from gelingen.talks.coding import settle as settle_coding
from gelingen.talks.comparing import Comparison, marks
from gelingen.talks.comparing import compare as compare_codings
from gelingen.talks.labels import Label, read_labels
from gelingen.talks.queries import Codings
from gelingen.terms.spelling import number
from gelingen.web.lists import Column, Listing
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.talks.coding import boxes, version_seen
from gelingen.web.talks.words import alpha_in_words, begun, labels_in_words, many

if TYPE_CHECKING:
    from gelingen.talks.models import Statement

_COLUMNS = (
    Column("Merkmal"),
    Column("Art"),
    Column("Übereinstimmung"),
    Column("Vergeben", number=True, meaning="An so viele Aussagen hat es jemand vergeben"),
    Column("Doppelt kodiert", number=True, meaning="Aussagen, die mindestens zwei kodiert haben"),
)
_KINDS = (Column("Art"), Column("Übereinstimmung"), Column("Merkmale", number=True))


@dataclass(frozen=True, slots=True)
class Choice:
    """A label of a statement: who gave it, and whether it is ticked at first."""

    label: Label
    coders: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """A statement to agree on: what coders gave it, and what counts for it; "" for nothing yet."""

    statement: "Statement"
    choices: list[Choice]
    agreed: str


@staff
def compare(request: StaffRequest, record: str) -> HttpResponse:
    """Show how far the coders agree, and where they do not."""
    talk = queries.get_talk(request.user, request.tenant, record)
    known = queries.codings_in(request.user, talk)
    labels = read_labels(request.user, request.tenant)
    names = labels.by_ident
    if len(known.compared) < 2:  # noqa: PLR2004 - a pair
        return page(request, "talks/compare.html", talk=talk, known=known, hidden=True)
    found = compare_codings(known, labels)
    said = {
        one.key: one for one in queries.statements(request.user, request.tenant).filter(talk=talk)
    }

    few = [one for one in said.values() if _coders(known, one) < 2 and not known.settled(one.key)]  # noqa: PLR2004 - a pair
    return page(
        request,
        "talks/compare.html",
        talk=talk,
        known=known,
        answer=_answer(found, known),
        kinds=_kinds(found),
        lines=_lines(found, names),
        open=[_apart(said[key], known, names) for key in found.open if key in said],
        settled=[_apart(one, known, names) for one in said.values() if known.settled(one.key)],
        few=[_apart(one, known, names) for one in few],
        reliable=number(RELIABLE, 2),
        tentative=number(TENTATIVE, 3),
    )


def _answer(found: Comparison, known: Codings) -> str:
    whole = f"Übereinstimmung {alpha_in_words(found.whole.alpha)}"
    labels = f"im Mittel über {many(found.whole.labels, 'ein Merkmal', 'Merkmale')}"
    apart = many(len(found.open), "eine Aussage", "Aussagen")
    left = f"{begun(apart)} noch zu klären." if found.open else "Nichts mehr zu klären."
    return f"{whole}, {labels}, {len(known.coders)} Kodierende. {left}"


def _kinds(found: Comparison) -> Listing:
    rows = [(kind.label, alpha_in_words(one.alpha), str(one.labels)) for kind, one in found.kinds]
    return Listing("Übereinstimmung nach Art", _KINDS, rows)


def _lines(found: Comparison, names: dict[str, Label]) -> Listing:
    rows = [
        (
            names[one.label].name,
            names[one.label].dimension.label,
            alpha_in_words(one.alpha),
            str(one.used),
            str(one.units),
        )
        for one in sorted(found.lines, key=lambda one: 2 if one.alpha is None else one.alpha)
        if one.label in names
    ]
    return Listing("Übereinstimmung je Merkmal", _COLUMNS, rows)


def _apart(statement: "Statement", known: Codings, names: dict[str, Label]) -> Apart:
    counted = known.counted(statement.key)
    choices = [
        Choice(names[ident], ", ".join(coders), ident in counted)
        for ident, coders in marks(known, statement.key, names)
    ]
    coded = known.settled(statement.key) or _coders(known, statement)
    return Apart(statement, choices, labels_in_words(counted, names) if coded else "")


def _coders(known: Codings, statement: "Statement") -> int:
    """Count those who have coded a statement."""
    return sum(statement.key in found for found in known.compared)


@staff
def settle(request: StaffRequest, record: str) -> HttpResponse:
    """Show a statement with all labels, and keep what all agreed on for it."""
    found = queries.get_statement(request.user, request.tenant, record)
    known = queries.codings_in(request.user, found.talk)
    ticked, wrong = known.counted(found.key), ""
    if request.method == "POST":
        ticked, batch = frozenset(request.POST.getlist("merkmal")), new_batch()
        try:
            settle_coding(
                actor=request.user, statement=found, idents=ticked, seen=version_seen(request),
                batch=batch,
            )  # fmt: skip
        except REFUSALS as error:
            wrong = sentence_of(error)
        else:
            tell(request, f"Vereinbart: {found}.", undo=batch)
            to = "compare-talk" if len(known.compared) > 1 else "talk"
            return HttpResponseRedirect(address(request, to, record=found.talk.key))
    labels = read_labels(request.user, request.tenant)
    names = labels.by_ident
    answer = page(
        request,
        "talks/settle.html",
        statement=found,
        talk=found.talk,
        known=known,
        agreed=labels_in_words(known.counted(found.key), names) if known.settled(found.key) else "",
        marks=[(names[ident].name, ", ".join(by)) for ident, by in marks(known, found.key, names)],
        boxes=boxes(labels, ticked),
        version=queries.coding_version(request.user, found, queries.AGREED),
        wrong=wrong,
    )
    answer.status_code = 422 if wrong else 200
    return answer
