"""Code the statements of a talk one by one; every step works with the keyboard and without script.

The address says which statement is on the screen (`?nr=3`). A form per statement holds all labels;
`talks.js` adds keys to it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gelingen.history.recording import new_batch
from gelingen.talks import coding as commands
from gelingen.talks import queries
from gelingen.talks.commands import require_open
from gelingen.talks.labels import Label, Labels, ident_of, read_labels
from gelingen.talks.queries import Codings, Idents
from gelingen.terms.talks import Dimension
from gelingen.web.pages import REFUSALS, StaffRequest, address, done, page, sentence_of, staff
from gelingen.web.talks.words import many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gelingen.talks.models import Statement, Talk

_KEYS = 9
_HEADS = {
    Dimension.TOPIC: "Themenfelder",
    Dimension.GROUP: "Zielgruppen",
    Dimension.PLACE: "Orte",
    Dimension.CODE: "Freie Codes",
}
# Where to go after saving, by the value of the button.
_STEPS = {"weiter": 1, "zurueck": -1}
DONE = "fertig"


@dataclass(frozen=True, slots=True)
class Box:
    """A label to tick; `digit` is the key that ticks it, "" for none."""

    label: Label
    ticked: bool
    digit: str


@dataclass(frozen=True, slots=True)
class Line:
    """A statement in the list beside: its number, words, address, whether I have coded it."""

    number: int
    text: str
    url: str
    coded: bool
    current: bool


def boxes(labels: Labels, ticked: Idents) -> list[tuple[str, list[Box]]]:
    """Give the labels to tick, by kind; the first topics have keys."""
    found = []
    for kind, head in _HEADS.items():
        digits = [str(one) for one in range(1, _KEYS + 1)] if kind is Dimension.TOPIC else []
        lines = [
            Box(one, one.ident in ticked, digits[place] if place < len(digits) else "")
            for place, one in enumerate(labels.of(kind))
        ]
        if lines:
            found.append((head, lines))
    return found


@staff
def code(request: StaffRequest, record: str) -> HttpResponse:
    """Show one statement with all labels, and keep what was ticked."""
    talk = queries.get_talk(request.user, request.tenant, record)
    said = list(queries.statements(request.user, request.tenant).filter(talk=talk))
    here = address(request, "code-talk", record=record)
    if not said:
        messages.warning(request, "Zum Kodieren fehlen noch Aussagen.")
        return HttpResponseRedirect(address(request, "talk", record=record))
    place = _place(request, said)
    known = queries.codings_in(request.user, talk)
    if request.method == "POST":
        try:
            if request.POST.get("danach") == DONE:
                _save_what_is_new(request, said[place], known)
                return finished(request, talk)
            keep = _saved(request, said[place])
        except REFUSALS as error:
            wrong = sentence_of(error)
        else:
            step = 0 if keep else _STEPS.get(request.POST.get("danach", ""), 0)
            there = min(max(place + step, 0), len(said) - 1)
            return HttpResponseRedirect(f"{here}?{urlencode({'nr': said[there].order})}")
    else:
        wrong = _refusal(talk, known, commands.coder_of(request.user))
    answer = page(
        request, "talks/coding.html",
        **_shown(request, talk, said, place=place, known=known, wrong=wrong),
    )  # fmt: skip
    answer.status_code = 422 if request.method == "POST" else 200
    return answer


def _save_what_is_new(request: StaffRequest, statement: "Statement", known: Codings) -> None:
    """Keep what was ticked but not saved; who ticked nothing has not coded the statement."""
    own = known.own(commands.coder_of(request.user)).get(statement.key, frozenset())
    if request.POST.get("wort", "").strip() or set(request.POST.getlist("merkmal")) != own:
        _saved(request, statement)


def _place(request: StaffRequest, said: "Sequence[Statement]") -> int:
    """Say which statement is asked for: by its number, else the first."""
    asked = request.POST.get("nr") or request.GET.get("nr", "")
    numbers = [str(one.order) for one in said]
    return numbers.index(asked) if asked in numbers else 0


def _refusal(talk: "Talk", known: Codings, coder: str) -> str:
    """Say why this person cannot code here; "" where nothing stands in the way."""
    try:
        require_open(talk)
        commands.refuse_coding(known, coder)
    except REFUSALS as error:
        return sentence_of(error)
    return ""


def _saved(request: StaffRequest, statement: "Statement") -> bool:
    """Write what was ticked and a new word; gives whether to stay, because a word was new."""
    idents = list(request.POST.getlist("merkmal"))
    word, batch = request.POST.get("wort", "").strip(), new_batch()
    with transaction.atomic():
        if word:
            made = commands.new_code(
                actor=request.user, tenant=request.tenant, label=word, batch=batch
            )
            idents.append(ident_of(Dimension.CODE, made.key))
        commands.code(
            actor=request.user, statement=statement, idents=idents, seen=version_seen(request),
            batch=batch,
        )  # fmt: skip
    return bool(word)


def version_seen(request: StaffRequest) -> int | None:
    """Read which version of a coding the person saw; None where the form does not say."""
    given = request.POST.get("stand", "")
    return int(given) if given.isascii() and given.isdecimal() else None


def _shown(  # noqa: PLR0913 - what the page consists of
    request: StaffRequest,
    talk: "Talk",
    said: "Sequence[Statement]",
    *,
    place: int,
    known: Codings,
    wrong: str,
) -> dict[str, object]:
    coder = commands.coder_of(request.user)
    own = known.own(coder)
    here = address(request, "code-talk", record=talk.key)
    current = said[place]
    sent = request.method == "POST"
    ticked = frozenset(request.POST.getlist("merkmal")) if sent else own.get(current.key, Idents())
    urls = [f"{here}?{urlencode({'nr': one.order})}" for one in said]
    labels = read_labels(request.user, request.tenant)
    return {
        "talk": talk,
        "statement": current,
        "number": place + 1,
        "of": len(said),
        "boxes": boxes(labels, ticked),
        "word": request.POST.get("wort", ""),
        "version": queries.coding_version(request.user, current, coder),
        "lines": [
            Line(one.order, one.text, url, one.key in own, one is current)
            for one, url in zip(said, urls, strict=True)
        ],
        "before": urls[place - 1] if place else "",
        "after": urls[place + 1] if place + 1 < len(said) else "",
        "done": sum(one.key in own for one in said),
        "coded": current.key in own,
        "wrong": wrong,
        "here": here,
    }


@staff
@require_POST
def finish(request: StaffRequest, record: str) -> HttpResponse:
    """Say that one is done."""
    talk = queries.get_talk(request.user, request.tenant, record)
    try:
        return finished(request, talk)
    except REFUSALS as error:
        messages.warning(request, sentence_of(error))
        return HttpResponseRedirect(address(request, "code-talk", record=record))


def finished(request: StaffRequest, talk: "Talk") -> HttpResponse:
    """Say that one is done, and go to what comes next; raises what the command refuses."""
    batch = new_batch()
    commands.finish(actor=request.user, talk=talk, batch=batch)
    known = queries.codings_in(request.user, talk)
    every = queries.statements(request.user, request.tenant).filter(talk=talk).count()
    left = every - len(known.own(commands.coder_of(request.user)))
    sentence = (
        "Fertig gemeldet. Die Kodierungen sind aufgedeckt."
        if known.opened
        else "Fertig gemeldet. Verglichen wird, sobald alle fertig sind."
    )
    if left:
        count = many(left, "Eine Aussage haben", "Aussagen haben")
        sentence += f" {count} Sie nicht kodiert."
    to = "compare-talk" if len(known.compared) > 1 else "talk"
    # What has been uncovered is not covered again: there is nothing to take back.
    undo = "" if known.opened else batch
    return done(request, sentence, to=to, undo=undo, record=talk.key)


@staff
@require_POST
def resume(request: StaffRequest, record: str) -> HttpResponse:
    """Go on coding."""
    talk = queries.get_talk(request.user, request.tenant, record)
    batch = new_batch()
    try:
        commands.resume(actor=request.user, talk=talk, batch=batch)
    except REFUSALS as error:
        messages.warning(request, sentence_of(error))
        return HttpResponseRedirect(address(request, "talk", record=record))
    said = "Die Kodierung geht weiter; bis Sie wieder fertig sind, ist sie verdeckt."
    return done(request, said, to="code-talk", undo=batch, record=record)
