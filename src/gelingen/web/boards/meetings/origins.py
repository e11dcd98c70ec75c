"""From what an item of an agenda comes: names, ways there, and the records to choose from.

An origin is "kind:key": "measure:m01", "need:n01", "action:…", "finding:17" (its number).
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from gelingen.boards import seen
from gelingen.findings.queries import finding_lines, sentences
from gelingen.needs import queries as needs
from gelingen.papers import queries as papers
from gelingen.plan import queries as plan
from gelingen.proposals.queries import asked_of, proposals
from gelingen.web.pages import StaffRequest, address
from gelingen.web.records import record_url
from gelingen.web.shell import Link

if TYPE_CHECKING:
    from gelingen.boards.models import Body

# What can be put on an agenda, with the heading under which it is offered.
KINDS = {
    "measure": "Maßnahmen",
    "need": "Bedarfe",
    "finding": "Befunde",
    "action": "Offene Aufträge",
    "proposal": "Vorschläge",
    "paper": "Vorlagen",
}
_KIND = {
    "measure": "Maßnahme",
    "need": "Bedarf",
    "finding": "Befund",
    "action": "Auftrag",
    "proposal": "Vorschlag",
    "paper": "Vorlage",
}
_LONGEST = 300


def named(request: StaffRequest, origins: Iterable[str]) -> dict[str, Link]:
    """Name origins with ways to them; what is gone or may not be seen is left out.

    At most one query for each kind.
    """
    wanted: dict[str, set[str]] = {}
    for origin in origins:
        kind, _, key = origin.partition(":")
        if kind in KINDS and key:
            wanted.setdefault(kind, set()).add(key)
    return {
        f"{kind}:{key}": Link(f"{_KIND[kind]} „{name}“", _url(request, kind, key))
        for kind, keys in wanted.items()
        for key, name in _NAMES[kind](request, keys).items()
    }


def _measures(request: StaffRequest, keys: set[str]) -> dict[str, str]:
    found = plan.measures(request.user, request.tenant).filter(key__in=keys)
    return dict(found.values_list("key", "title"))


def _needs(request: StaffRequest, keys: set[str]) -> dict[str, str]:
    found = needs.needs(request.user, request.tenant).filter(key__in=keys)
    return dict(found.values_list("key", "statement"))


def _findings(request: StaffRequest, keys: set[str]) -> dict[str, str]:
    numbers = [int(key) for key in keys if key.isdecimal()]
    found = sentences(request.user, request.tenant, numbers)
    return {str(number): sentence for number, sentence in found.items()}


def _actions(request: StaffRequest, keys: set[str]) -> dict[str, str]:
    found = seen.actions(request.user, request.tenant).filter(key__in=keys)
    return {one.key: one.text for one in found}


def _proposals(request: StaffRequest, keys: set[str]) -> dict[str, str]:
    found = proposals(request.user, request.tenant).filter(key__in=keys)
    return dict(found.values_list("key", "title"))


def _papers(request: StaffRequest, keys: set[str]) -> dict[str, str]:
    found = papers.papers(request.user, request.tenant).filter(key__in=keys)
    return dict(found.values_list("key", "subject"))


_NAMES: dict[str, Callable[[StaffRequest, set[str]], dict[str, str]]] = {
    "measure": _measures,
    "need": _needs,
    "finding": _findings,
    "action": _actions,
    "proposal": _proposals,
    "paper": _papers,
}


def _url(request: StaffRequest, kind: str, key: str) -> str:
    if kind == "finding":
        return address(request, "finding", record=int(key))
    if kind == "action":
        return f"{address(request, 'actions')}?stand=alle#auftrag-{key}"
    if kind == "proposal":
        return address(request, "proposal", record=key)
    return record_url(request, kind, key)


def offered(request: StaffRequest, body: "Body", kind: str) -> list[tuple[str, str]]:
    """List what can be put on an agenda: origin and name. One query."""
    user, tenant = request.user, request.tenant
    match kind:
        case "measure":
            titled = plan.measures(user, tenant).order_by("title", "key")
            return [(f"measure:{key}", title) for key, title in titled.values_list("key", "title")]
        case "need":
            found = needs.needs(user, tenant).filter(state="open")
            rows = found.order_by("statement", "key").values_list("key", "statement")
            return [(f"need:{key}", statement) for key, statement in rows]
        case "finding":
            return [(f"finding:{one.pk}", one.sentence) for one in finding_lines(user, tenant)]
        case "proposal":
            return [(f"proposal:{key}", title) for key, title in asked_of(user, tenant, body)]
        case "paper":
            waiting = papers.to_deliberate(user, tenant, body)
            return [(f"paper:{key}", subject) for key, subject in waiting]
        case _:
            open_ones = seen.actions(user, tenant).filter(body=body, done=None)
            return [(f"action:{one.key}", one.text) for one in open_ones]


def short(name: str) -> str:
    """Give a name as the subject of an item."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def closed_ones(request: StaffRequest, origins: Iterable[str]) -> set[str]:
    """Tell which origins are not public: an item that comes from them is not public either."""
    asked = list(origins)
    return {*_closed_actions(request, asked), *_closed_papers(request, asked)}


def _closed_actions(request: StaffRequest, origins: list[str]) -> set[str]:
    keys = [one.removeprefix("action:") for one in origins if one.startswith("action:")]
    if not keys:
        return set()
    found = seen.actions(request.user, request.tenant).filter(key__in=keys)
    return {f"action:{one.key}" for one in found if not _is_public(one)}


def _closed_papers(request: StaffRequest, origins: list[str]) -> set[str]:
    keys = [one.removeprefix("paper:") for one in origins if one.startswith("paper:")]
    if not keys:
        return set()
    found = papers.papers(request.user, request.tenant).filter(key__in=keys, public=False)
    return {f"paper:{key}" for key in found.values_list("key", flat=True)}


def _is_public(action: object) -> bool:
    item = getattr(action, "item", None)
    return bool(getattr(action, "public", False)) and (item is None or item.public)
