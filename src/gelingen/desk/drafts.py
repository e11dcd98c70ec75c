"""Drafts: what was typed into a form stays until it is saved or thrown away."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from gelingen.access.models import Tenant, User
from gelingen.desk.models import LONGEST, Draft

LARGEST = 200_000  # characters of all texts together; no form is longer


def keep_draft(
    user: User, tenant: Tenant, form: str, texts: Mapping[str, list[str]], *, at: datetime
) -> None:
    """Keep the texts of a form for one person; the ones kept before are replaced.

    Args:
        user: who typed.
        tenant: in which tenant.
        form: which form, by its address of any length.
        texts: by field all its texts.
        at: when.

    """
    if sum(len(text) for given in texts.values() for text in given) > LARGEST:
        return
    Draft.objects.update_or_create(
        user=user, tenant=tenant, form=_short(form), defaults={"texts": dict(texts), "at": at}
    )


def find_draft(user: User, tenant: Tenant, form: str) -> Draft | None:
    """Find what a person typed into a form and did not save. One query."""
    return Draft.objects.filter(user=user, tenant=tenant, form=_short(form)).first()


def drop_draft(user: User, tenant: Tenant, form: str) -> None:
    """Throw a draft away."""
    Draft.objects.filter(user=user, tenant=tenant, form=_short(form)).delete()


def _short(form: str) -> str:
    """Name a form in no more characters than are kept; different forms keep different names."""
    digest = sha256(form.encode()).hexdigest()
    return form if len(form) <= LONGEST else form[: LONGEST - len(digest)] + digest


def drop_old_drafts(*, before: datetime) -> int:
    """Throw away all drafts that nobody touched since; gives their number."""
    return Draft.objects.filter(at__lt=before).delete()[0]
