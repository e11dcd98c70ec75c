"""To which page a record belongs."""

from django.http import HttpRequest

from gelingen.access.record import Record
from gelingen.web.pages import address
from gelingen.web.records import PAGES, record_url

# Records without a page of their own: the fields that lead to the one that has it, and its kind;
# the first that is filled counts.
_UPWARD = {
    "funding": [("structure", "structure")],
    "reach": [("structure", "structure")],
    "voice": [("need", "need")],
    "post": [("organisation", "organisation")],
    "responsibility": [("organisation", "organisation")],
    "cooperation": [("a", "organisation")],
    "milestone": [("measure", "measure")],
    "tenure": [("seat", "seat")],
    "step": [("event", "event"), ("phase", "phase")],
}
# Pages of records are named after models, kinds after sheets.
_OWN = {"impact_goal": "impactgoal"}
_AREAS = {
    "plan": "plan", "period": "plan", "chapter": "plan", "guiding_goal": "plan",
    "chance": "plan", "other_plan": "plan", "inquiry": "matrix",
    "need": "needs", "voice": "needs", "body": "bodies", "seat": "bodies", "tenure": "bodies",
    "phase": "process", "event": "process", "step": "process", "support": "process",
}  # fmt: skip


def home_of(request: HttpRequest, kind: str, thing: Record | None = None) -> str:
    """Address of the page that shows a record; without one, of the area of its kind."""
    if thing is not None:
        for field, home in _UPWARD.get(kind, ()):
            if (above := getattr(thing, field)) is not None:
                return record_url(request, home, above.key)
        own = _OWN.get(kind, kind)
        if own in PAGES:
            return record_url(request, own, thing.key)
    return address(request, _AREAS.get(kind, "structures"))
