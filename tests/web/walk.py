"""The address table, walked: every address of every page with the records that a tenant has.

A page with a new kind of number in its address has to name it in `NUMBERS`.
"""

import re

from django.apps import apps
from django.test import Client
from django.urls import URLPattern, get_resolver

from gelingen.access.models import Invitation, Membership, User
from gelingen.access.policy import OWNERS
from gelingen.desk.models import SavedView
from gelingen.editing.records import KINDS
from gelingen.history.models import ChangeEvent
from gelingen.post.models import OutgoingMail
from gelingen.transfer.records import model_of

PREFIX = "intern/<key:tenant>/"


def _invited(tenant):
    return apps.get_model("surveys.Invitation").objects.filter(survey__tenant=tenant)


# What numbers in addresses count, by the name of the page.
NUMBERS = {
    "finding": lambda t: apps.get_model("findings.Finding").objects.filter(tenant=t),
    "solve": lambda t: apps.get_model("findings.Finding").objects.filter(tenant=t),
    "view": lambda t: SavedView.objects.filter(tenant=t),
    "need-view": lambda t: SavedView.objects.filter(tenant=t),
    "undo-change": lambda t: ChangeEvent.objects.filter(tenant=t.pk),
    "person": lambda t: User.objects.filter(memberships__tenant=t),
    "give-role": lambda t: User.objects.filter(memberships__tenant=t),
    "name-deputy": lambda t: User.objects.filter(memberships__tenant=t),
    "lock-account": lambda t: User.objects.filter(memberships__tenant=t),
    "end-role": lambda t: Membership.objects.filter(tenant=t),
    "reopen-role": lambda t: Membership.objects.filter(tenant=t),
    "withdraw-invitation": lambda t: Invitation.objects.filter(tenant=t),
    "withdraw": lambda t: apps.get_model("confirmations.Request").objects.filter(tenant=t),
    "survey-invitation": _invited,
    "invitation-withdraw": _invited,
    "mail": lambda t: OutgoingMail.objects.filter(tenant=t),
    "mail-html": lambda t: OutgoingMail.objects.filter(tenant=t),
    "take-answer": _invited,
    "take-page": _invited,
    "take-overview": _invited,
    "take-sent": _invited,
    "mail-again": lambda t: OutgoingMail.objects.filter(tenant=t),
}
# Words in addresses that are no keys of records: fixed lists, the same for everybody.
FIXED = {"kind", "part", "chapter", "paper", "fmt"}
LISTS = ["structures", "organisations", "fundings"]
SECTIONS = ["ziel", "wer", "wann", "geld", "wirkung", "umsetzung"]
PARTS = re.compile(r"<(\w+):(\w+)>")


def patterns(found=None, before=""):
    """Name and path of every page in the address table."""
    for one in get_resolver().url_patterns if found is None else found:
        path = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield one.name, path
        else:
            yield from patterns(one.url_patterns, path)


OF_TENANT = [(name, path) for name, path in patterns() if path.startswith(PREFIX)]


def keys(tenant):
    """Keys of all records of a tenant, by kind."""
    found = []
    for label in OWNERS:
        model = apps.get_model(label)
        found += model._default_manager.filter(tenant=tenant).values_list("key", flat=True)
    return sorted(found)


def batches(tenant):
    """Numbers of the undertakings of a tenant's history."""
    events = ChangeEvent.objects.filter(tenant=tenant.pk).exclude(batch="")
    return sorted(set(events.values_list("batch", flat=True)))


def pairs(tenant):
    """Kind and key of all records that have a sheet of their own."""
    return [
        (kind, key)
        for kind, sheet in KINDS.items()
        for key in model_of(sheet)
        ._default_manager.filter(tenant=tenant)
        .values_list("key", flat=True)
    ]


def nothing(_tenant):
    """Count nothing: the page is missing in `NUMBERS`, and a test of its own says so."""
    return []


def values(tenant, name, converter, part):
    """Everything that may stand in one place of an address."""
    fixed = {
        "batch": batches(tenant),
        "kind": [*KINDS, *LISTS],
        "part": SECTIONS,
        "chapter": ["auftrag"],
        "paper": ["masterplan.docx", "masterplan.pdf"],
        "fmt": ["html"],
    }
    if converter == "int":
        return [one.pk for one in NUMBERS.get(name, nothing)(tenant)]
    if part in fixed:
        return fixed[part]
    if part in {"body", "candidate"}:  # beside the selection, of which there are all keys
        label = {"body": "boards.Body", "candidate": "programme.Candidate"}[part]
        of_kind = apps.get_model(label)._default_manager.filter(tenant=tenant)
        return list(of_kind.values_list("key", flat=True))
    return [one for one in keys(tenant) if converter != "slug" or re.fullmatch(r"[\w-]+", one)]


def addresses(name, path, *, key, of):
    """Every address of a page with the key of a tenant and values of another (or the same)."""
    path = "/" + path.replace("<key:tenant>", key)
    both = "<slug:kind>", "<path:record>"
    if all(part in path for part in both):
        return [path.replace(both[0], kind).replace(both[1], one) for kind, one in pairs(of)]
    found = [path]
    for converter, part in PARTS.findall(path):
        given = values(of, name, converter, part)
        found = [
            url.replace(f"<{converter}:{part}>", str(value)) for url in found for value in given
        ]
    return found


def foreign(path):
    """Tell whether an address of a page names a record at all."""
    return any(part not in {"tenant", *FIXED} for _, part in PARTS.findall(path))


def seat(person):
    """Give a browser of somebody who has signed in; faults come back as pages."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client
