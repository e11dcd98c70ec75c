"""What stored answers of a council information system would make here: bodies and meetings.

plan_import(actor, tenant, answers, on=...) -> Plan, written by `register.steps.carry_out`
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.boards.adopting import OtherBody, OtherMeeting, plan_adoption
from gelingen.oparl.reading import Answers, FoundBody, FoundMeeting, after
from gelingen.register.steps import Plan
from gelingen.terms.boards import BodyKind
from gelingen.terms.spelling import day
from gelingen.wording.words import counted
from gelingen.workbook.folding import fold

REASON = "Aus OParl-Antworten übernommen."
# Groups of people that are no bodies here.
_NO_BODIES = {"partei", "fraktion", "verwaltungsbereich", "institution"}
# Words of a class or a name, and which kind they mean; the first that fits.
_WORDS = (
    ("ausschuss", BodyKind.COMMITTEE),
    ("beirat", BodyKind.ADVISORY),
    ("steuerung", BodyKind.STEERING),
    ("lenkung", BodyKind.STEERING),
    ("arbeitsgruppe", BodyKind.WORKING_GROUP),
    ("arbeitskreis", BodyKind.WORKING_GROUP),
    ("projektgruppe", BodyKind.WORKING_GROUP),
    ("netzwerk", BodyKind.NETWORK),
    ("konferenz", BodyKind.CONFERENCE),
    ("parlament", BodyKind.COUNCIL),
    ("kreistag", BodyKind.COUNCIL),
    ("rat", BodyKind.COUNCIL),
)


def kind_of(one: FoundBody) -> BodyKind:
    """Say which kind of body an organization is: by its class, else by its name."""
    for said in (one.classification, one.name):
        words = fold(said)
        if words.split()[:1] == ["ag"]:
            return BodyKind.WORKING_GROUP
        for word, kind in _WORDS:
            if word in words:
                return kind
    return BodyKind.COMMITTEE


def is_body(one: FoundBody) -> bool:
    """Tell whether an organization is a body, not a party or an office."""
    return fold(one.kind) not in _NO_BODIES and fold(one.classification) not in _NO_BODIES


def plan_import(actor: Actor, tenant: Tenant, answers: Answers, *, on: date) -> Plan:
    """Say which bodies and meetings stored answers would add or change.

    What was deleted there stays here: whether it is deleted is decided by people.

    Args:
        actor: who reads them in.
        tenant: where.
        answers: what stands in the files.
        on: the day.

    Raises:
        PermissionDenied: the actor does not lead all bodies of the tenant.

    """
    bodies = [one for one in answers.bodies.values() if is_body(one)]
    meetings = [one for one in answers.meetings.values() if one.bodies]
    plan = plan_adoption(
        actor, tenant, [_body(one) for one in bodies], [_meeting(one) for one in meetings], on=on
    )
    stays = _left(answers, len(answers.bodies) - len(bodies), len(answers.meetings) - len(meetings))
    return replace(plan, stays=(*plan.stays, *stays))


def _body(one: FoundBody) -> OtherBody:
    return OtherBody(
        one.id, _stand(one.modified), one.name, kind_of(one), one.parent, one.starts,
        after(one.ends),
    )  # fmt: skip


def _meeting(one: FoundMeeting) -> OtherMeeting:
    return OtherMeeting(
        one.id, _stand(one.modified), one.bodies[0], one.day, one.begins, one.until, one.place,
        one.name, one.cancelled, one.held,
    )  # fmt: skip


def _stand(modified: str) -> str:
    """Say for people when something was changed there last; "" if that cannot be read."""
    try:
        return day(datetime.fromisoformat(modified).date())
    except ValueError:
        return ""


def _left(answers: Answers, groups: int, alone: int) -> Sequence[str]:
    told = (
        (groups, "Gruppierung", "Gruppierungen", "Partei, Fraktion oder Verwaltung: kein Gremium."),
        (alone, "Sitzung", "Sitzungen", "ohne Gremium."),
        (answers.undated, "Sitzung", "Sitzungen", "ohne Tag."),
        (answers.gone, "Eintrag", "Einträge", "dort gelöscht; was hier steht, bleibt."),
        (answers.others.total(), "Objekt", "Objekte", "anderer Art, hier nicht gebraucht."),
    )  # fmt: skip
    return [f"{counted(many, one, more)} {why}" for many, one, more, why in told if many]
