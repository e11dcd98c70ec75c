"""Who has seen what others coded codes no more: what taking back must not bring about."""

from typing import TYPE_CHECKING, Any

from gelingen.talks.imported import number_of

if TYPE_CHECKING:
    from gelingen.history.recorded import Past, Recorded
    from gelingen.talks.models import Talk

# What says whether the codings of a talk are uncovered.
FIELDS = frozenset({"finished", "planned", "uncovered"})
SEEN = (
    "Die Kodierungen sind schon aufgedeckt und lassen sich nicht wieder verdecken. Wer allein "
    "kodiert hat, kann die Kodierung fortsetzen; sonst lässt sich eine gemeinsame vereinbaren."
)
DONE = (
    "Wer sich fertig gemeldet hat, ändert die eigenen Kodierungen nicht mehr. Bitte erst die "
    "Kodierung fortsetzen oder eine gemeinsame vereinbaren."
)


def covers_again(talk: "Talk", past: "Past") -> bool:
    """Whether a talk, set back, would hide again what people have seen, or let them code again.

    Coders of tables are nobody whom a look at the codings of others could lead: with the table they
    come and go.
    """
    before = {name: past.changed[name][0] for name in FIELDS & past.changed.keys()}
    people = {one for one in talk.uncovered if not number_of(one)}
    finished = before.get("finished", talk.finished)
    hidden = people - set(before.get("uncovered", talk.uncovered))
    again = people - set(finished) if len(talk.uncovered) > 1 else set()
    waits = people and "planned" in before and before["planned"] > len(finished)
    return bool(hidden or again or waits)


def lost_a_label(model: type["Recorded"], past: "Past") -> bool:
    """Whether nothing happened to a coding but that labels went, which are not there now."""
    for name, (before, after) in past.changed.items():
        field = model._meta.get_field(name) if name in _links(model) else None
        if field is None or set(after or ()) - set(before or ()):
            return False
        gone = set(before or ()) - set(after or ())
        kind: Any = field.related_model
        if kind._base_manager.filter(tenant=past.tenant, key__in=gone).exists():
            return False
    return bool(past.changed)  # of a new coding the history tells no values


def _links(model: type["Recorded"]) -> set[str]:
    return {one.name for one in model._meta.many_to_many}
