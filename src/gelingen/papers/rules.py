"""What a house asks of its papers: a second person to release them, its own document template."""

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.history.recording import change, new_batch
from gelingen.history.stored import whole
from gelingen.papers.models import PaperRules
from gelingen.papers.queries import rules_of
from gelingen.register.attachments import attach, attachments_of
from gelingen.terms.vocabulary import Verb

if TYPE_CHECKING:
    from gelingen.register.models import Attachment


def set_rules(
    *,
    actor: Actor,
    tenant: Tenant,
    second_person: bool,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Say whether a second person releases papers.

    Raises:
        PermissionDenied: the actor may not lead all bodies.
        LostUpdateError: somebody else changed the rules since.

    """
    require(actor, May.EDIT_BOARDS, tenant)
    rules = rules_of(tenant)
    rules.version = rules.version if version is None else version
    with change(by=actor, verb=_verb(rules), of=rules, batch=batch):
        rules.second_person = second_person


def _verb(rules: PaperRules) -> Verb:
    return Verb.CREATED if rules._state.adding else Verb.CHANGED


def template_of(actor: Actor, tenant: Tenant) -> "Attachment | None":
    """Find the file that papers are filled into; None for the built-in one. Two queries at most."""
    rules = rules_of(tenant)
    if rules._state.adding or not rules.template:
        return None
    found = [one for one in attachments_of(actor, rules) if one.key == rules.template]
    return found[0] if found else None


def set_template(
    *, actor: Actor, tenant: Tenant, name: str, content: bytes, batch: str = ""
) -> None:
    """Keep a document template, checked by the caller, and use it from now on.

    Args:
        actor: who does it.
        tenant: whose papers.
        name: name of the file.
        content: the file.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not lead all bodies.
        UnfitFileError: it is no DOCX, too large or has macros.

    """
    require(actor, May.EDIT_BOARDS, tenant)
    batch = batch or new_batch()
    with whole():
        rules = rules_of(tenant)
        if rules._state.adding:
            with change(by=actor, verb=Verb.CREATED, of=rules, batch=batch):
                pass
        kept = attach(
            actor=actor, to=rules, title=name[:200], name=name,
            content=ContentFile(content, name=name),
        )  # fmt: skip
        with change(by=actor, verb=Verb.CHANGED, of=rules, batch=batch):
            rules.template = kept.key


def drop_template(*, actor: Actor, tenant: Tenant, batch: str = "") -> None:
    """Use the built-in template again; the file stays with the rules.

    Raises:
        PermissionDenied: the actor may not lead all bodies.

    """
    require(actor, May.EDIT_BOARDS, tenant)
    rules = rules_of(tenant)
    if rules._state.adding or not rules.template:
        return
    with change(by=actor, verb=Verb.CHANGED, of=rules, batch=batch):
        rules.template = ""
