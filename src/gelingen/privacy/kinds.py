"""Which models are searched, to whom their rows belong, and how each field can be forgotten.

Every model says in `personal` which of its fields may tell something about a person. All of them
are searched, so that a new model cannot be forgotten; what is left out is named here.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models

Model: TypeAlias = type[models.Model]

# Where the key of the organisation stands to which a row belongs.
OWNERS = {
    "boards.Attendance": "seat__organisation__key",
    "boards.Tenure": "seat__organisation__key",
    "register.Organisation": "key",
    "register.Post": "organisation__key",
    "confirmations.Request": "organisation",
    "confirmations.Proposal": "organisation",
    "progress.ProgressRequest": "organisation",
    "surveys.Invitation": "organisation",
    "surveys.Response": "invitation__organisation",
    "needs.Voice": "speaker__key",
}
# The record on whose page a row is shown, where it has none of its own.
HOMES = {
    "boards.Notice": "meeting",
    "programme.MemberBallot": "selection",
    "register.Post": "organisation",
    "needs.Voice": "need",
    "surveys.AnonymousAnswer": "survey",
    "surveys.Invitation": "survey",
    "surveys.Publication": "survey",
    "surveys.PublishedCounts": "publication__survey",
    "surveys.Response": "survey",
    "surveys.TextRelease": "survey",
    "surveys.WaitingAnswer": "survey",
    "talks.Coding": "statement",
}
# What belongs to an account stands on the account's own page; who changed what is the proof. The
# files of a mail are found with it and go with it: in a PDF no word can be looked for.
LEFT_OUT = frozenset(
    {
        "access.User", "access.Membership", "access.Invitation",
        "desk.DeadlineLink", "desk.Postponed",
        "desk.SavedView", "desk.Visit", "transfer.Upload", "history.ChangeEvent",
        "post.Attachment",
    }
)  # fmt: skip
# Nobody can say whose they are, or they are somebody's own until saved. Who is looked for may be
# named there all the same: they are found by what they say, and no more of them is shown.
BY_WORD = frozenset({"desk.Draft", "surveys.AnonymousAnswer", "surveys.WaitingAnswer"})
# Texts that list somebody on each line, or that only who wrote them may read: no more of them is
# shown than the lines that are meant.
BY_LINE = frozenset({"boards.Notice", "programme.MemberBallot"})
# Rows that are nothing but personal: they go as a whole.
WHOLE = BY_WORD | {
    "confirmations.Request", "feedback.Feedback", "post.OutgoingMail", "progress.ProgressRequest",
    "register.Attachment", "review.SameName", "surveys.Response", "surveys.TextRelease",
}  # fmt: skip
# What no form shows has no German name of its own: records of the desk and some of their fields.
UNNAMED = {
    "draft": "Entwurf",
    "saved view": "Gespeicherte Ansicht",
    "postponed": "Zurückgestelltes",
    "visit": "Letzter Besuch",
    "user": "Konto",
    "texts": "Eingaben",
    "at": "Zeitpunkt",
}
FORGOTTEN = "gelöscht"


class Way(StrEnum):
    """How something kept can be forgotten."""

    BLANK = "blank"
    ROW = "row"
    EDIT = "edit"


def german(name: object) -> str:
    """Give the German name of a model or field by the name that it has in Django."""
    return UNNAMED.get(str(name), str(name))


def personal_of(model: Model) -> Mapping[str, str]:
    """Give what a model declares: name of the field, what it is and how long it is kept."""
    declared: Mapping[str, str] = getattr(model, "personal", {})
    return declared


def searched() -> list[Model]:
    """Give the models whose personal fields are searched, by label."""
    return sorted(
        (
            model
            for model in apps.get_models()
            if model.__module__.startswith("gelingen.")
            and not hasattr(model, "instance_type")
            and personal_of(model)
            and model._meta.label not in LEFT_OUT
        ),
        key=lambda model: model._meta.label,
    )


def fields_of(model: Model) -> list[Any]:
    """Give the fields of a model that are searched, as it declares them.

    Whose a draft is belongs to the account.
    """
    fields = [model._meta.get_field(name) for name in personal_of(model)]
    return [one for one in fields if model._meta.label not in BY_WORD or not one.is_relation]


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


def step(row: object, path: str) -> Any:  # noqa: ANN401 - whatever stands there
    """Follow a path of names ("invitation__organisation") from a row; None if it ends early."""
    for name in path.split("__") if path else ():
        row = getattr(row, name, None)
    return row if path else None


def read_along(model: Model) -> Sequence[str]:
    """Give the relations that are read with a row: what its title, owner and home are made of."""
    own = [one.name for one in model._meta.concrete_fields if one.is_relation]
    owner = OWNERS.get(model._meta.label, "").rpartition("__")[0]
    home = HOMES.get(model._meta.label, "")
    return sorted({*own, *filter(None, (owner, home))} - {"tenant"})


def way_of(model: Model, field: Any) -> Way:  # noqa: ANN401 - a field of any model
    """Say how a field can be forgotten: with its row, by blanking it, or only by hand."""
    if model._meta.label in WHOLE:
        return Way.ROW
    may_be_blank = field.null or field.blank or (_is_text(field) and not field.unique)
    return Way.BLANK if may_be_blank else Way.EDIT


def emptied(field: Any) -> object:  # noqa: ANN401 - as above
    """Give what stands in a field that was blanked; a text that must not be empty says so."""
    if field.null:
        return None
    return FORGOTTEN if _is_text(field) and not field.blank else field.get_default()


def _is_text(field: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether any words may stand there; mailboxes, addresses and files are no such text."""
    return type(field) in {models.CharField, models.TextField} and not field.choices
