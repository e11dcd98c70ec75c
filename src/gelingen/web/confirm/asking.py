"""Ask organisations to confirm their entries: whom, with which words, and what is still open."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gelingen.config.day import today
from gelingen.confirmations import asking
from gelingen.confirmations.letters import SUBJECT, TEXT, letter
from gelingen.confirmations.links import VALID
from gelingen.jobs import send_mail
from gelingen.post.commands import can_send
from gelingen.post.letters import with_link
from gelingen.web.confirm.forms import AskForm
from gelingen.web.pages import StaffRequest, done, page, staff, whole_address
from gelingen.web.register.tabs import tabs


def _link(request: StaffRequest, token: str) -> str:
    return whole_address(request, reverse("link", kwargs={"token": token}))


@staff
def ask(request: StaffRequest) -> HttpResponse:
    """Show whom one would ask and what they would read; then write the mails."""
    only = request.GET.get("traeger", "")
    at = timezone.now()
    found = asking.candidates(request.user, request.tenant, on=today(), at=at, organisation=only)
    reachable = [one for one in found if one.mailbox]
    wanted = [one.key for one in reachable if only or one.asked is None]
    sending = request.method == "POST"
    form = AskForm(
        choices=[(one.key, one.name) for one in reachable],
        data=request.POST if sending else None,
        initial={"wahl": wanted, "subject": SUBJECT, "text": TEXT},
    )
    chosen = request.POST.getlist("wahl") if sending else wanted
    whom = [one for one in reachable if one.key in chosen]
    if sending and "vorschau" not in request.POST and form.is_valid():
        number = asking.ask(
            actor=request.user,
            tenant=request.tenant,
            whom=whom,
            subject=form.cleaned_data["subject"],
            text=form.cleaned_data["text"],
            link=lambda token: _link(request, token),
            at=at,
        )
        send_mail.enqueue()
        return done(request, _said(number), to="outbox")
    return page(
        request,
        "confirm/ask.html",
        form=form,
        reachable=[(one, one.key in chosen) for one in reachable],
        silent=[one for one in found if not one.mailbox],
        only=only,
        example=_example(request, form, whom or reachable),
        tabs=tabs(request, "proposals"),
        open=asking.requests(request.user, request.tenant, at=at),
        can_send=can_send(),
        here=request.get_full_path(),
    )


def _said(number: int) -> str:
    many = "Eine Nachricht liegt" if number == 1 else f"{number} Nachrichten liegen"
    ending = "und wird gesendet" if number == 1 else "und werden gesendet"
    return f"{many} im Postausgang{f' {ending}' if can_send() else ''}."


def _example(
    request: StaffRequest, form: AskForm, whom: Sequence[asking.Candidate]
) -> dict[str, str]:
    """Show the mail as the first organisation would read it."""
    if not whom:
        return {}
    first = whom[0]
    words = letter(
        subject=str(form["subject"].value()),
        text=str(form["text"].value()),
        organisation=first.name,
        entries=[name for _, name in first.entries],
        sender=request.tenant.name,
        expires=timezone.now() + VALID,
    )
    return {"to": first.mailbox, "subject": words.subject, "plain": with_link(words.plain(), "")}


@staff
@require_POST
def withdraw(request: StaffRequest, record: int) -> HttpResponse:
    """Close a link before its time."""
    found = asking.withdraw_request(
        actor=request.user, tenant=request.tenant, pk=record, at=timezone.now()
    )
    return done(request, f"Zurückgezogen: Bitte um Bestätigung an {found}.", to="ask")
