"""Needs and inquiries, handed over to the analyses."""

from datetime import date

from django.db.models import Case, F, Q, QuerySet, When

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.analysis.schema import Inquiries
from gelingen.analysis.schema import Needs as NeedTable
from gelingen.needs.models import Inquiry, Need
from gelingen.terms.measures import measure_of, middle
from gelingen.terms.vocabulary import InquiryState


def needs(actor: Actor, tenant: Tenant) -> QuerySet[Need]:
    """Needs by key."""
    return within(actor, May.VIEW, Need.objects.filter(tenant=tenant))


def over() -> Case:
    """Give the first day on which a need asks for nothing more; None if no such day is known."""
    said = Q(state_since__isnull=False)
    return Case(
        When(said & (Q(ends__isnull=True) | Q(ends__gt=F("state_since"))), then=F("state_since")),
        default=F("ends"),
    )


def asking(actor: Actor, tenant: Tenant, *, on: date) -> QuerySet[Need]:
    """Needs that ask for something on a day or later, by key."""
    return needs(actor, tenant).exclude(ends__lte=on).exclude(state_since__lte=on)


def names(actor: Actor, tenant: Tenant) -> dict[str, str]:
    """Statements of needs by key. One query."""
    return dict(needs(actor, tenant).values_list("key", "statement"))


def need_table(actor: Actor, tenant: Tenant) -> NeedTable:
    """Hand the needs to the analyses, by key. One query.

    From the day on which somebody says that it is met, dropped or goes on as another one, a need
    asks for nothing more: that day is its end, unless it ends earlier. What was over before it
    began is no need at all.
    """
    rows = needs(actor, tenant).annotate(until=over()).exclude(starts__gte=F("until")).values_list(
        "key", "topic__key", "target_group__key", "territory__key", "kind", "quantity_low",
        "quantity_high", "unit", "severity", "starts", "until",
    )  # fmt: skip
    return NeedTable.from_rows(
        (
            *row[:5],
            None if row[5] is None else float(row[5]),
            middle(row[5], row[6]),
            None if row[6] is None else float(row[6]),
            measure_of(row[7]),
            *row[8:],
        )
        for row in rows
    )


def inquiry_table(actor: Actor, tenant: Tenant) -> Inquiries:
    """Hand over where somebody asked about supply, by key. One query."""
    found = Inquiry.objects.filter(tenant=tenant, territory__isnull=False)
    return Inquiries.from_rows(
        within(actor, May.VIEW, found).values_list(
            "key", "topic__key", "target_group__key", "territory__key", "state", "since"
        )
    )


def asked_organisations(actor: Actor, tenant: Tenant) -> dict[str, date | None]:
    """Say since when each organisation counts as asked about its cooperation, by key. One query.

    The first time counts; None, if nobody noted the day, means always.
    """
    found = Inquiry.objects.filter(tenant=tenant, organisation__isnull=False).exclude(
        state=InquiryState.NOT_ASKED
    )
    rows = within(actor, May.VIEW, found).order_by(
        "organisation__key", F("since").asc(nulls_first=True), "key"
    )
    days: dict[str, date | None] = {}
    for key, since in rows.values_list("organisation__key", "since"):
        days.setdefault(key, since)
    return days


def needs_in_words(actor: Actor, tenant: Tenant) -> list[Need]:
    """Needs by key, each with topic, target group and territory. One query."""
    return list(needs(actor, tenant).select_related("topic", "target_group", "territory"))


def inquiries_in_words(actor: Actor, tenant: Tenant) -> list[Inquiry]:
    """List what was asked, by key, with everything it names. One query."""
    found = within(actor, May.VIEW, Inquiry.objects.filter(tenant=tenant))
    return list(found.select_related("topic", "target_group", "territory", "organisation"))
