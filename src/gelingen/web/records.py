"""Ways to the records that something rests on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gelingen.findings.current import Current
from gelingen.findings.queries import FindingLine, findings_by_record
from gelingen.register.received import is_cited
from gelingen.terms import term
from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link

# Kinds of records with a page of their own, by the name of that page.
PAGES = {
    "structure": "structure",
    "organisation": "organisation",
    "need": "need",
    "statement": "statement",
    "measure": "measure",
    "impactgoal": "goal",
    "agreement": "agreement",
    "survey": "survey",
    "body": "body",
    "seat": "seat",
    "meeting": "meeting",
    "phase": "phase",
    "event": "event",
    "support": "support",
    "indicator": "indicator",
    "paper": "council-paper",
    "edition": "edition",
}

# First what people need, then what is there for it.
ORDER = ("need", "measure", "structure", "organisation", "funding", "responsibility", "cooperation")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Records of one kind behind a statement: German name of the kind, and ways to them."""

    kind: str
    links: list[Link]


def record_url(request: HttpRequest, kind: str, key: str) -> str:
    """Address of a record's page; empty if its kind has none."""
    if kind == "review":  # everything that was answered waits on one page
        return address(request, kind)
    return address(request, PAGES[kind], record=key) if kind in PAGES else ""


def ways(request: HttpRequest, kind: str) -> Callable[[str], str]:
    """Give a quick `record_url` for many records of one kind."""
    start = address(request, PAGES[kind], record="x").removesuffix("x/")
    return lambda key: f"{start}{quote(key)}/"


def link(url: str, label: object) -> SafeString | str:
    """Write a way to something; only its label where there is no way."""
    return format_html('<a href="{}">{}</a>', url, label) if url else str(label)


def record_link(request: HttpRequest, kind: str, key: str, label: object) -> SafeString | str:
    """Write a way to a record."""
    return link(record_url(request, kind, key), label)


def evidence(request: HttpRequest, known: Current, records: Iterable[str]) -> list[Evidence]:
    """Group records ("need:n01") by kind, each with the way to it, in the order they come.

    What has no page of its own leads to the thing it belongs to: money to its structure, a
    responsibility or a tie to its organisation.
    """
    groups: dict[str, dict[str, Link]] = {}
    homes = _homes(known)
    for record in records:
        kind, _, key = record.partition(":")
        if kind == "gap":
            continue
        if is_cited(key) and key not in known.inputs.names and key not in homes.get(kind, {}):
            continue  # of another tenant, which does not show it any more
        home = homes.get(kind, {}).get(key)
        url = record_url(request, *home) if home else record_url(request, kind, key)
        label = known.name(key)
        if home and label == key:
            label = known.name(home[1])
        groups.setdefault(kind, {})[f"{label}|{url}"] = Link(label, url)
    ranked = sorted(groups, key=lambda kind: ORDER.index(kind) if kind in ORDER else len(ORDER))
    return [
        Evidence(
            term(kind).many if len(groups[kind]) > 1 else term(kind).one,
            list(groups[kind].values()),
        )
        for kind in ranked
    ]


def findings_on(request: StaffRequest, known: Current, record: str) -> list[FindingLine]:
    """Take the standing findings that rest on a record ("need:n01") from memory, or read them."""
    read = partial(findings_by_record, request.user, request.tenant)
    return known.keep("findings", read).get(record, [])


def _homes(known: Current) -> dict[str, dict[str, tuple[str, str]]]:
    """Say of records without a page to which page they belong."""
    inputs = known.inputs
    tables = {
        "funding": ("structure", inputs.served.tranches.frame.select("funding", "structure")),
        "responsibility": (
            "organisation",
            inputs.responsibilities.frame.select("responsibility", "organisation"),
        ),
        "cooperation": ("organisation", inputs.ties.frame.select("tie", "a")),
    }
    return {
        kind: {key: (home, at) for key, at in frame.rows()}
        for kind, (home, frame) in tables.items()
    }
