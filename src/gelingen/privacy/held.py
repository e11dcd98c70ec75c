"""What is kept about one person or organisation, found by the fields that models declare.

Every model says in `personal` which of its fields may tell something about a person. Those fields
are searched, all of them, so that a new model cannot be forgotten. Not searched: what belongs to an
account (it is on the account's own page), anonymous answers (nobody can say whose they are), and
the proof of who changed what.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from json import dumps
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.access.record import Record
from gelingen.register.queries import organisations

Model: TypeAlias = type[models.Model]

# Where the key of the organisation stands to which a row belongs.
OWNERS = {
    "register.Organisation": "key",
    "register.Post": "organisation__key",
    "confirmations.Request": "organisation",
    "confirmations.Proposal": "organisation",
    "surveys.Invitation": "organisation",
    "surveys.Response": "invitation__organisation",
    "needs.Voice": "speaker__key",
}
# What is found elsewhere or by nobody, as the module says.
LEFT_OUT = frozenset(
    {
        "access.User", "access.Membership", "access.Invitation", "desk.Draft", "desk.Postponed",
        "desk.SavedView", "desk.Visit", "transfer.Upload", "history.ChangeEvent",
        "surveys.AnonymousAnswer", "surveys.WaitingAnswer",
    }
)  # fmt: skip
# Rows that are nothing but personal: they go as a whole.
WHOLE = frozenset({"surveys.Response", "confirmations.Request", "post.OutgoingMail"})
_LONGEST = 300


class Way(StrEnum):
    """How something kept can be forgotten."""

    BLANK = "blank"
    ROW = "row"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is kept.

    Attributes:
        ident: names it in forms: model, number and field.
        kind: German name of the record.
        title: the record in words.
        cite: kind and key of the record, where it has a page: "organisation:awo"; "" elsewhere.
        name: German name of the field.
        text: what stands there, in words.
        value: the same as it is stored.
        kept: what it is and how long it is kept, as the model declares.
        way: how it can be forgotten.

    """

    ident: str
    kind: str
    title: str
    cite: str
    name: str
    text: str
    value: object
    kept: str
    way: Way


def searched() -> list[Model]:
    """Give the models whose personal fields are searched, by label."""
    return sorted(
        (
            model
            for model in apps.get_models()
            if model.__module__.startswith("gelingen.")
            and not hasattr(model, "instance_type")
            and getattr(model, "personal", {})
            and model._meta.label not in LEFT_OUT
        ),
        key=lambda model: model._meta.label,
    )


def tenant_path(model: Model) -> str:
    """Give the lookup that leads from a row to its tenant: its own field, or that of its parent.

    Raises:
        LookupError: there is none; then nobody could say whose data it is.

    """
    fields: list[Any] = list(model._meta.concrete_fields)
    if any(field.name == "tenant" for field in fields):
        return "tenant"
    for field in fields:
        if field.is_relation and not field.null:
            return f"{field.name}__{tenant_path(field.related_model)}"
    raise LookupError(model._meta.label)


def held(actor: Actor, tenant: Tenant, *, words: str = "", organisation: str = "") -> list[Held]:
    """Find what is kept, by kind of record. One query a model.

    Args:
        actor: who asks.
        tenant: in whose data.
        words: a name, function or mailbox; found wherever it stands in a declared field, whatever
            its case.
        organisation: key of an organisation; found is what belongs to it, and where its mailbox
            stands.

    Raises:
        PermissionDenied: the actor may not.

    """
    require(actor, May.PROTECT, tenant)
    wanted = [words.strip()] if words.strip() else []
    if organisation:
        of_it = organisations(actor, tenant).filter(key=organisation)
        wanted += [mailbox for mailbox in of_it.values_list("mailbox", flat=True) if mailbox]
    if not (wanted or organisation):
        return []
    found: list[Held] = []
    for model in searched():
        for row in _rows(model, tenant, wanted, organisation):
            found += _of_row(model, row, wanted, organisation)
    return found


def _rows(
    model: Model, tenant: Tenant, words: Sequence[str], organisation: str
) -> QuerySet[models.Model]:
    """Find rows that belong to the organisation, or that say one of the words."""
    found: QuerySet[models.Model] = model._default_manager.filter(**{tenant_path(model): tenant})
    names = {}
    for field in _fields(model):
        names[f"said_{field.name}"] = Cast(_path(field), TextField())
    wanted = Q(pk__in=[])
    for word in words:
        for name in names:
            # JSON keeps umlauts as escapes on one database and as letters on the other.
            wanted |= Q(**{f"{name}__icontains": word})
            wanted |= Q(**{f"{name}__icontains": dumps(word)[1:-1]})
    owner = OWNERS.get(model._meta.label)
    if owner and organisation:
        wanted |= Q(**{owner: organisation})
    kept: QuerySet[models.Model] = found.alias(**names).filter(wanted).order_by("pk")
    return kept


def _fields(model: Model) -> list[Any]:
    declared: Sequence[str] = tuple(getattr(model, "personal", {}))
    return [model._meta.get_field(name) for name in declared]


def _path(field: Any) -> str:  # noqa: ANN401 - a field of any model
    return f"{field.name}__name" if field.is_relation else str(field.name)


def _of_row(
    model: Model, row: models.Model, words: Sequence[str], organisation: str
) -> Iterator[Held]:
    """Give the declared fields of a row that say something of it; all, if the row is its own."""
    own = bool(organisation) and _owner(model, row) == organisation
    for field in _fields(model):
        value = getattr(row, field.name)
        text = ", ".join(_words(value))
        said = any(word.casefold() in text.casefold() for word in words)
        if text and (own or said):
            yield Held(
                ident=f"{model._meta.label}:{row.pk}:{field.name}",
                kind=str(model._meta.verbose_name),
                title=str(row)[:_LONGEST],
                cite=f"{model._meta.model_name}:{row.key}" if isinstance(row, Record) else "",
                name=str(field.verbose_name),
                text=text,
                value=value if isinstance(value, (dict, list)) else text,
                kept=getattr(model, "personal", {})[field.name],
                way=way_of(model, field),
            )


def _owner(model: Model, row: models.Model) -> str:
    found: Any = row
    for step in OWNERS.get(model._meta.label, "").split("__"):
        found = getattr(found, step, None) if step else None
    return str(found or "")


def _words(value: object) -> Iterator[str]:
    """Give what is said in a value, however deep; the names of its parts say nothing of anybody."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif value not in {None, ""}:
        yield str(value)


def way_of(model: Model, field: Any) -> Way:  # noqa: ANN401 - a field of any model
    """Say how a field can be forgotten: with its row, by blanking it, or only by hand."""
    if model._meta.label in WHOLE:
        return Way.ROW
    plain = field.blank and not field.is_relation and not isinstance(field, models.FileField)
    return Way.BLANK if plain or model._meta.label == "surveys.Invitation" else Way.EDIT
