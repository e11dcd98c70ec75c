"""The outbox: what was sent, what waits, what failed, and how it reads."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gelingen.jobs import send_mail
from gelingen.post.commands import can_send, try_again
from gelingen.post.letters import LINK, with_link
from gelingen.post.queries import get_mail, state_of
from gelingen.post.queries import outbox as all_mail
from gelingen.terms.asking import MailState
from gelingen.web.lists import Cell, Column, Listing, chosen_page
from gelingen.web.pages import StaffRequest, address, done, page, staff

COLUMNS = (
    Column("Betreff"),
    Column("An"),
    Column("Anlass"),
    Column("Geschrieben"),
    Column("Stand"),
)
_STUCK = (MailState.FAILED, MailState.HELD)


@staff
def outbox(request: StaffRequest) -> HttpResponse:
    """List the mail, the latest first; what failed is said in the first sentence."""
    found = all_mail(request.user, request.tenant)
    states = [state_of(one) for one in found]
    leaf = chosen_page(request, list(zip(found, states, strict=True)))
    rows = [
        (
            Cell(one.subject, url=address(request, "mail", record=one.pk), heard=f", {one.why}"),
            one.to,
            one.why,
            f"{timezone.localtime(one.created):%d.%m.%Y, %H:%M}",
            Cell(state.label, below=one.error),
        )
        for one, state in leaf.object_list
    ]
    return page(
        request,
        "post/outbox.html",
        answer=_answer(states),
        listing=Listing("Die neueste Nachricht zuerst", COLUMNS, rows),
        leaf=leaf,
        can_send=can_send(),
    )


def _answer(states: list[MailState]) -> str:
    failed, held = states.count(MailState.FAILED), states.count(MailState.HELD)
    if failed:
        many = "Eine Nachricht ließ" if failed == 1 else f"{failed} Nachrichten ließen"
        return f"{many} sich nicht senden."
    if held:
        if held == 1:
            return "Eine Nachricht liegt hier und geht nicht hinaus."
        return f"{held} Nachrichten liegen hier und gehen nicht hinaus."
    waiting = states.count(MailState.WAITING) + states.count(MailState.AGAIN)
    if waiting:
        return "Eine Nachricht wartet." if waiting == 1 else f"{waiting} Nachrichten warten."
    return "Nichts wartet."


@staff
def mail(request: StaffRequest, record: int) -> HttpResponse:
    """Show one mail as it reads."""
    found = get_mail(request.user, request.tenant, record)
    state = state_of(found)
    facts = [
        ("An", found.to),
        ("Anlass", found.why),
        ("Geschrieben", f"{timezone.localtime(found.created):%d.%m.%Y, %H:%M} Uhr"),
        ("Stand", state.label),
        ("Versuche", str(found.attempts)),
    ]
    if found.sent:
        facts.append(("Gesendet", f"{timezone.localtime(found.sent):%d.%m.%Y, %H:%M} Uhr"))
    if files := [str(one) for one in found.attachments.all()]:
        facts.append(("Anlagen", ", ".join(files)))
    if found.error:
        facts.append(("Fehler", found.error))
    # Where nothing is sent the link can be tried here; otherwise it is for the mailbox alone.
    mine = not found.addressee_only or found.to == request.user.email
    link = found.link if state is MailState.HELD and mine else ""
    return page(
        request,
        "post/mail.html",
        mail=found,
        facts=facts,
        plain=with_link(found.plain, link),
        link=link,
        may_send=state in _STUCK and can_send(),
    )


@staff
def html(request: StaffRequest, record: int) -> HttpResponse:
    """Show the HTML of a mail as the program of the mailbox would, without its link."""
    found = get_mail(request.user, request.tenant, record)
    return HttpResponse(found.html.replace(LINK, "#"))


@staff
@require_POST
def again(request: StaffRequest, record: int) -> HttpResponse:
    """Release a mail that failed or was held back."""
    try_again(request.user, get_mail(request.user, request.tenant, record))
    send_mail.enqueue()
    return done(request, "Die Nachricht wird gesendet.", to="mail", record=record)
