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
    "survey-answer": lambda t: apps.get_model("surveys.Response").objects.filter(survey__tenant=t),
    "take-answer": _invited,
    "take-page": _invited,
    "take-overview": _invited,
    "take-sent": _invited,
    "mail-again": lambda t: OutgoingMail.objects.filter(tenant=t),
    **dict.fromkeys(
        ("feedback", "answer-feedback", "close-feedback", "reopen-feedback"),
        lambda t: apps.get_model("feedback.Feedback").objects.filter(tenant=t),
    ),
}
# What records in addresses are, by the name of the page; `KINDS` says it for all others. A key of
# another kind leads nowhere, and trying them all would grow with the square of the pages.
RECORDS = {
    "structure": "register.Structure",
    "extend-structure": "register.Structure",
    "end-structure": "register.Structure",
    "replace-structure": "register.Structure",
    "split-structure": "register.Structure",
    "confirm-structure": "register.Structure",
    "merge-structure": "register.Structure",
    "share-structure": "register.Structure",
    "end-share": "register.Share",
    "propose": "register.Structure",
    "organisation": "register.Organisation",
    "extend": "register.Funding",
    "attachment": "register.Attachment",
    "remove-attachment": "register.Attachment",
    "agreement": "register.Agreement",
    "agree": "register.Agreement",
    "decline": "register.Agreement",
    "accept": "confirmations.Proposal",
    "refuse": "confirmations.Proposal",
    "need": "needs.Need",
    "add-voice": "needs.Need",
    "goal": "plan.ImpactGoal",
    "measure": "plan.Measure",
    "measure-section": "plan.Measure",
    "measure-sheet": "plan.Measure",
    "plan-cross-assign": "topics.Topic",
    "survey": "surveys.Survey",
    "survey-texts": "surveys.Survey",
    "survey-languages": "surveys.Survey",
    "survey-translate": "surveys.Survey",
    "survey-preview": "surveys.Survey",
    "survey-state": "surveys.Survey",
    "survey-close": "surveys.Survey",
    "survey-reopen": "surveys.Survey",
    "survey-remove": "surveys.Survey",
    "survey-arrange": "surveys.Survey",
    "survey-invite": "surveys.Survey",
    "survey-remind": "surveys.Survey",
    "survey-response": "surveys.Survey",
    "survey-answers": "surveys.Survey",
    "survey-answer": "surveys.Survey",
    "survey-import": "surveys.Survey",
    "survey-import-back": "surveys.Survey",
    "survey-results": "surveys.Survey",
    "survey-free-texts": "surveys.Survey",
    "survey-paper": "surveys.Survey",
    "survey-poster": "surveys.Survey",
    "survey-invitation": "surveys.Survey",
    "invitation-withdraw": "surveys.Survey",
    "question-new": "surveys.Survey",
    "question": "surveys.Question",
    "question-copy": "surveys.Question",
    "question-remove": "surveys.Question",
    "talk": "talks.Talk",
    "edit-talk": "talks.Talk",
    "code-talk": "talks.Talk",
    "finish-coding": "talks.Talk",
    "resume-coding": "talks.Talk",
    "compare-talk": "talks.Talk",
    "talk-need": "talks.Talk",
    "close-talk": "talks.Talk",
    "remove-talk": "talks.Talk",
    "add-statements": "talks.Talk",
    "attach-to-talk": "talks.Talk",
    "statement": "talks.Statement",
    "settle-statement": "talks.Statement",
    "remove-statement": "talks.Statement",
    "talk-code": "talks.Code",
    "remove-code": "talks.Code",
    "selection": "programme.Selection",
    "selection-lists": "programme.Selection",
    "selection-paper": "programme.Selection",
    "selection-what-if": "programme.Selection",
    "selection-weigh": "programme.Selection",
    "selection-facts": "programme.Selection",
    "selection-limits": "programme.Selection",
    "selection-criteria": "programme.Selection",
    "selection-minima": "programme.Selection",
    "selection-pick": "programme.Selection",
    "selection-candidate": "programme.Selection",
    "remove-candidate": "programme.Selection",
    "open-scoring": "programme.Selection",
    "close-scoring": "programme.Selection",
    "selection-scores": "programme.Selection",
    "ballot": "programme.Selection",
    "body": "boards.Body",
    "seat": "boards.Seat",
    **dict.fromkeys(
        (
            "meeting",
            "minutes",
            "edit-meeting",
            "cancel-meeting",
            "close-meeting",
            "add-item",
            "attendance",
            "approve-minutes",
            "reopen-minutes",
            "attach-to-meeting",
            "meeting-file",
            "remove-meeting-file",
        ),
        "boards.Meeting",
    ),
    **dict.fromkeys(
        ("agenda-item", "move-item", "put-item", "remove-item", "write-item", "new-action"),
        "boards.AgendaItem",
    ),
    **dict.fromkeys(
        ("action", "report-action", "reopen-action", "confirm-action", "remove-action"),
        "boards.ActionPoint",
    ),
    **dict.fromkeys(("backlog", "pick-items"), "boards.Body"),
    **dict.fromkeys(("invitation-paper", "minutes-paper", "meeting-letter"), "boards.Meeting"),
    **dict.fromkeys(("series-paper", "body-calendar", "end-calendar"), "boards.Body"),
    "extend-terms": "boards.Body",
    "delegates": "boards.Body",
    **dict.fromkeys(
        ("phase", "begin-phase", "rest-phase", "resume-phase", "finish-phase", "attach-to-phase"),
        "process.Phase",
    ),
    "tick-step": "process.Step",
    **dict.fromkeys(("event", "attach-to-event"), "process.Event"),
    **dict.fromkeys(("support", "attach-to-support"), "process.Support"),
    "remove-legislative-term": "oparl.LegislativeTerm",
    **dict.fromkeys(
        (
            "proposal",
            "edit-proposal",
            "withdraw-proposal",
            "forward-proposal",
            "support-proposal",
            "merge-proposal",
            "proposal-result",
        ),
        "proposals.Proposal",
    ),
    **dict.fromkeys(("answer-station", "station-agenda"), "proposals.Station"),
    "stop-supporting": "proposals.Supporter",
    **dict.fromkeys(
        (
            "edition",
            "edit-edition",
            "release-edition",
            "withdraw-edition",
            "remove-edition",
            "edition-file",
        ),
        "editions.Edition",
    ),
    **dict.fromkeys(
        (
            "year-report",
            "edit-year-report",
            "report-text",
            "report-conclusions",
            "report-conclusion",
            "report-preview",
            "report-file",
            "report-extract",
            "release-year-report",
            "report-to-paper",
            "remove-year-report",
            "show-report",
            "take-down-report",
        ),
        "yearly.YearReport",
    ),
    **dict.fromkeys(
        (
            "council-paper",
            "edit-paper",
            "paper-measures",
            "remove-paper",
            "move-paper-on",
            "attach-to-paper",
            "paper-annex",
            "paper-versions",
            "add-paper-station",
            "paper-station",
            "move-paper-station",
            "remove-paper-station",
            "paper-agenda",
            "paper-result",
            "paper-follows",
            "tick-consequence",
            "council-paper-file",
        ),
        "papers.Paper",
    ),
    **dict.fromkeys(("measure-progress", "set-state", "write-report"), "plan.Measure"),
    "lift-state": "progress.StateOverride",
    **dict.fromkeys(
        ("indicator", "change-indicator", "enter-value", "add-to-indicator", "indicator-values"),
        "indicators.Indicator",
    ),
    "remove-from-indicator": "indicators.IndicatorTarget",
    **{
        f"desk-{kind}-{deed}": label
        for kind, label in {
            "nachrichten": "site.News",
            "fragen": "site.SiteQuestion",
            "termine": "site.Occasion",
            "texte": "site.PageText",
        }.items()
        for deed in ("edit", "turn", "remove")
    },
    "fill-seat": "boards.Seat",
    "free-seat": "boards.Seat",
    "tenure-account": "boards.Tenure",
}
# Words in addresses that are no keys of records: fixed lists, the same for everybody.
FIXED = {"beside", "where", "kind", "part", "chapter", "paper", "fmt", "deed", "year"}
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


# Further parts of addresses that are records.
PARTS_OF_RECORDS = {
    "survey": "surveys.Survey",
    "candidate": "programme.Candidate",
    "body": "boards.Body",
    "topic": "topics.Topic",
    "station": "papers.Deliberation",
    "follow": "papers.Consequence",
    "file": "register.Attachment",
}


def keys_of(tenant, label):
    """Keys of all records of one kind."""
    model = apps.get_model(label)
    return sorted(model._default_manager.filter(tenant=tenant).values_list("key", flat=True))


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
        "deed": ["einreichen"],
        "year": ["2016"],
        "where": ["massnahmen/", "barrierefreiheit/"],
    }
    if converter == "int":
        return [one.pk for one in NUMBERS.get(name, nothing)(tenant)]
    if part in fixed:
        return fixed[part]
    label = PARTS_OF_RECORDS.get(part) or (RECORDS.get(name) if part == "record" else None)
    found = keys_of(tenant, label) if label else keys(tenant)
    return [one for one in found if converter != "slug" or re.fullmatch(r"[\w-]+", one)]


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
