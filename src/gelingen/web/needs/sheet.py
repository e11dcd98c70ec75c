"""What the page of a need shows beside the plan: its voices, how it stands, earlier and later."""

from datetime import date
from typing import TYPE_CHECKING

from gelingen.terms.spelling import day, last_day
from gelingen.topics.queries import heirs
from gelingen.web.needs.voices import voices_on
from gelingen.web.pages import StaffRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gelingen.needs.models import Need


def need_sheet(
    request: StaffRequest,
    need: "Need",
    needs: "Sequence[Need]",
    *,
    planned: int,
    on: date,
) -> dict[str, object]:
    """Gather what the page shows. Two queries, three if the topic is over.

    Args:
        request: who asks.
        need: which need.
        needs: all needs, as they were read.
        planned: how many measures answer it.
        on: the day.

    """
    earlier = [("führt fort", one) for one in needs if one.pk == need.previous_id]
    later = [("weitergeführt als", one) for one in needs if one.previous_id == need.pk]
    return {
        "standing": _standing(need, planned, on),
        "topics_now": ", ".join(name for _, name in _topics_now(request, need, on)),
        "rounds": [*earlier, *later],
        **voices_on(request, need),
    }


def _topics_now(request: StaffRequest, need: "Need", on: date) -> tuple[tuple[str, str], ...]:
    """Say which topics stand for that of the need, if it is over."""
    ends = need.topic.ends
    if ends is None or ends > on:
        return ()
    return heirs(request.user, request.tenant, on=on).get(need.topic.key, ())


def _standing(need: "Need", planned: int, on: date) -> str:
    if need.state_since and need.state_since <= on:
        return f"{need.get_state_display()} seit {day(need.state_since)}".capitalize() + "."
    if need.ends and need.ends <= on:
        return f"Beendet seit {day(last_day(need.ends))}."
    if planned:
        many = "eine Maßnahme antwortet" if planned == 1 else f"{planned} Maßnahmen antworten"
        return f"Geplant: {many} darauf.{_coming(need)}"
    return f"Offen: Keine Maßnahme antwortet darauf.{_coming(need)}"


def _coming(need: "Need") -> str:
    """Say how it will stand from a later day on."""
    if need.state_since is None:
        return ""
    return f" Ab {day(need.state_since)}: {need.get_state_display()}."
