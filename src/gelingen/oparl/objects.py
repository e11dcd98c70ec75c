"""Objects of OParl 1.1, written from records that everybody may read; nothing is looked up here.

What is not known is left out, as the specification asks. Names of people never stand here.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from gelingen.boards.calendar import ZONE
from gelingen.boards.published import is_told
from gelingen.history.shown import Stamp
from gelingen.oparl.addresses import Addresses, type_of
from gelingen.oparl.written import file_name
from gelingen.terms.boards import BodyKind, MeetingState, MinutesState
from gelingen.terms.papers import DeliberationRole
from gelingen.terms.spelling import last_day

if TYPE_CHECKING:
    from gelingen.access.models import Tenant
    from gelingen.boards.models import AgendaItem, Body, Meeting
    from gelingen.oparl.models import Endpoint, LegislativeTerm
    from gelingen.papers.models import Deliberation, Paper
    from gelingen.register.models import Attachment

Json = dict[str, Any]

# Without abbreviations, and the council as the specification calls it.
_CLASSES = {BodyKind.COUNCIL: "Parlament"}
_NO_BODY = {BodyKind.NETWORK, BodyKind.CONFERENCE}
_STATES = {
    MeetingState.PLANNED: "terminiert",
    MeetingState.INVITED: "eingeladen",
    MeetingState.CANCELLED: "abgesagt",
}


def moment(at: datetime) -> str:
    """Write a moment as people here read it, to the second."""
    return at.astimezone(ZONE).isoformat(timespec="seconds")


def _at(on: date, when: time | None) -> str:
    return datetime.combine(on, when or time(), ZONE).isoformat()


def full(**values: object) -> Json:
    """Leave out what is not known; `kind` becomes "type"."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def gone(kind: str, address: str, stamp: Stamp) -> Json:
    """Say of an object that there is no such one any more, and nothing else about it."""
    return {
        "id": address,
        "type": type_of(kind),
        "created": moment(stamp.created),
        "modified": moment(stamp.modified),
        "deleted": True,
    }


def _head(kind: str, address: str, stamp: Stamp) -> Json:
    return {
        "id": address,
        "type": type_of(kind),
        "created": moment(stamp.created),
        "modified": moment(stamp.modified),
    }


def _contact(endpoint: "Endpoint") -> Json:
    return full(
        contactEmail=endpoint.contact_email,
        contactName=endpoint.contact_name,
        website=endpoint.website,
        license=endpoint.license,
    )


def system(at: Addresses, tenant: "Tenant", endpoint: "Endpoint", stamp: Stamp) -> Json:
    """Write where a program begins to read."""
    return {
        **_head("System", at.root, stamp),
        "oparlVersion": type_of(""),
        "name": f"Gelingen: {tenant}",
        "body": at.every("body"),
        **_contact(endpoint),
    }


def county(
    at: Addresses,
    tenant: "Tenant",
    endpoint: "Endpoint",
    stamp: Stamp,
    terms: Sequence[Json],
) -> Json:
    """Write the authority itself, with the lists of all that it makes public."""
    lists = {
        name: at.every(name)
        for name in (
            "organization", "person", "meeting", "paper", "agendaItem", "consultation", "file",
            "membership",
        )
    }  # fmt: skip
    return {
        **_head("Body", at.one("body", tenant.pk), stamp),
        "system": at.root,
        "name": tenant.name,
        **_contact(endpoint),
        **full(oparlSince=moment(endpoint.since) if endpoint.since else ""),
        **lists,
        "locationList": at.every("location"),
        "legislativeTerm": list(terms),
        "legislativeTermList": at.every("legislativeTerm"),
    }


def legislative_term(at: Addresses, one: "LegislativeTerm", stamp: Stamp, *, inside: bool) -> Json:
    """Write a legislative term; inside of its authority it does not name that."""
    return {
        **_head("LegislativeTerm", at.one("legislativeTerm", one.pk), stamp),
        **full(
            body="" if inside else at.one("body", one.tenant_id),
            name=one.name,
            startDate=one.starts.isoformat() if one.starts else "",
            endDate=last_day(one.ends).isoformat() if one.ends else "",
        ),
    }


def organization(at: Addresses, one: "Body", stamp: Stamp) -> Json:
    """Write a body; the one it belongs to is named only where that is public."""
    kind = BodyKind.of(one.kind)
    above = one.parent if one.parent is not None and one.parent.public else None
    return {
        **_head("Organization", at.one("organization", one.pk), stamp),
        "body": at.one("body", one.tenant_id),
        "name": one.name,
        "meeting": at.within("organization", one.pk, "meeting"),
        "organizationType": "Sonstiges" if kind in _NO_BODY else "Gremium",
        "classification": _CLASSES.get(kind, kind.label),
        **full(
            subOrganizationOf=at.one("organization", above.pk) if above else "",
            startDate=one.starts.isoformat() if one.starts else "",
            endDate=last_day(one.ends).isoformat() if one.ends else "",
        ),
    }


def location(at: Addresses, meeting: "Meeting", stamp: Stamp, *, inside: bool) -> Json:
    """Write where a meeting is; a place has no record of its own."""
    return {
        **_head("Location", at.one("location", meeting.pk), stamp),
        "description": meeting.place,
        **full(meetings=[] if inside else [at.one("meeting", meeting.pk)]),
    }


def meeting(  # noqa: PLR0913  one argument a thing to know
    at: Addresses,
    one: "Meeting",
    stamp: Stamp,
    items: Sequence[Json] = (),
    files: Sequence[Json] = (),
    *,
    papers: Json | None = None,
    bare: bool = False,
) -> Json:
    """Write a meeting.

    Args:
        at: addresses.
        one: the meeting with its body.
        stamp: since when it can be seen.
        items: its public items, in order.
        files: its public files.
        papers: its invitation and its minutes, by the names of the specification.
        bare: whether the items, all files and the place are left out.

    """
    held = one.state == MeetingState.HELD
    # As recommended: only with its minutes approved a meeting is done.
    approved = held and one.minutes == MinutesState.APPROVED
    state = MeetingState.INVITED if held else MeetingState.of(one.state)
    inside = {
        "location": location(at, one, stamp, inside=True) if one.place else None,
        "agendaItem": list(items),
        **(papers or {}),
        "auxiliaryFile": list(files),
    }
    known: Json = (
        {"until": one.until} if one.until and one.begins and one.until > one.begins else {}
    )
    return {
        **_head("Meeting", at.one("meeting", one.pk), stamp),
        "name": one.title or f"Sitzung: {one.body}",
        "meetingState": "durchgeführt" if approved else _STATES[state],
        "cancelled": one.state == MeetingState.CANCELLED,
        "organization": [at.one("organization", one.body_id)],
        "start": _at(one.day, one.begins),
        # The specification knows no day without a time.
        **({} if one.begins else {"gelingen:wholeDay": True}),
        **full(end=_at(one.day, known["until"]) if known else ""),
        **({} if bare else full(**inside)),
    }


def agenda_item(  # noqa: PLR0913  one argument a thing to know
    at: Addresses,
    one: "AgendaItem",
    stamp: Stamp,
    place: int,
    *,
    consultation: int | None = None,
    files: Sequence[Json] = (),
    inside: bool = False,
) -> Json:
    """Write a public item. What came of it is told once the minutes are approved.

    Args:
        at: addresses.
        one: the item with its meeting.
        stamp: since when it can be seen.
        place: place among the public items of its meeting, from 0: others leave no gap.
        consultation: number of the deliberation on a public paper that it is.
        files: its public files.
        inside: whether it stands inside of its meeting.

    """
    of = one.meeting
    told = is_told(one)
    return {
        **_head("AgendaItem", at.one("agendaItem", one.pk), stamp),
        **full(meeting="" if inside or of is None else at.one("meeting", of.pk)),
        "number": str(place + 1),
        "order": place,
        "name": one.title,
        "public": True,
        **full(
            consultation=at.one("consultation", consultation) if consultation else "",
            result=one.get_result_display() if told else "",
            resolutionText=one.resolution if told else "",
            auxiliaryFile=list(files),
        ),
    }


def paper(  # noqa: PLR0913  one argument a thing to know
    at: Addresses,
    one: "Paper",
    stamp: Stamp,
    deliberations: Sequence[Json] = (),
    files: Sequence[Json] = (),
    *,
    main: Json | None = None,
) -> Json:
    """Write a public paper.

    Args:
        at: addresses.
        one: the paper with its body.
        stamp: since when it can be seen.
        deliberations: those of public bodies, in order.
        files: its public files.
        main: the paper itself as a file.

    """
    by = one.body if one.body is not None and one.body.public else None
    return {
        **_head("Paper", at.one("paper", one.pk), stamp),
        "body": at.one("body", one.tenant_id),
        "name": one.subject,
        "paperType": one.get_kind_display(),
        **full(
            reference=one.number,
            date=one.day.isoformat() if one.day else "",
            originatorOrganization=[at.one("organization", by.pk)] if by else [],
            consultation=list(deliberations),
            mainFile=main,
            auxiliaryFile=list(files),
        ),
    }


def file(
    at: Addresses,
    one: "Attachment",
    stamp: Stamp,
    checksum: str,
    of: tuple[str, int] | None = None,
) -> Json:
    """Write a public file; inside of what it belongs to it does not name that.

    Args:
        at: addresses.
        one: the file.
        stamp: since when it can be seen.
        checksum: SHA-512 of its content; "" if it is not known.
        of: kind and number of what it belongs to, as ("paper", 7); None inside of it.

    """
    address, name = at.one("file", one.pk), one.title
    return {
        **_head("File", address, stamp),
        "name": name,
        "fileName": f"{name}{PurePath(str(one.file)).suffix}",
        "mimeType": one.media_type,
        "size": one.size,
        "accessUrl": f"{address}datei/",
        "downloadUrl": f"{address}herunterladen/",
        **full(sha512Checksum=checksum),
        **({of[0]: [at.one(*of)]} if of else {}),
    }


def written_file(
    at: Addresses, title: str, stamp: Stamp, of: tuple[str, int] | None = None
) -> Json:
    """Write a file that comes about when somebody asks for it: its size is not known before.

    Args:
        at: addresses.
        title: its title.
        stamp: since when it can be seen.
        of: kind and number of what it belongs to; None inside of it.

    """
    address = at.one("file", stamp.number)
    return {
        **_head("File", address, stamp),
        "name": title,
        "fileName": file_name(title),
        "mimeType": "application/pdf",
        "accessUrl": f"{address}datei/",
        "downloadUrl": f"{address}herunterladen/",
        **({of[0]: [at.one(*of)]} if of else {}),
    }


def consultation(
    at: Addresses, one: "Deliberation", stamp: Stamp, *, item_shown: bool, inside: bool = False
) -> Json:
    """Write that a public body deliberates on a paper.

    Args:
        at: addresses.
        one: the deliberation with its item.
        stamp: since when it can be seen.
        item_shown: whether everybody sees the item under which it is dealt with.
        inside: whether it stands inside of its paper.

    """
    item = one.item if item_shown else None
    return {
        **_head("Consultation", at.one("consultation", one.pk), stamp),
        "organization": [at.one("organization", one.body_id)],
        "authoritative": one.role == DeliberationRole.DECISION,
        "role": one.get_role_display(),
        **full(
            paper="" if inside else at.one("paper", one.paper_id),
            agendaItem=at.one("agendaItem", item.pk) if item else "",
            meeting=at.one("meeting", item.meeting_id) if item and item.meeting_id else "",
        ),
    }
