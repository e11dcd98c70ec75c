"""Make a need of the statements that were ticked."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, require
from gelingen.history.recording import new_batch
from gelingen.needs.queries import needs_in_words
from gelingen.talks import becoming, queries
from gelingen.talks.coding import coder_of
from gelingen.talks.labels import read_labels
from gelingen.terms.vocabulary import NeedState
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.talks.forms import AttachForm, NeedForm

if TYPE_CHECKING:
    from gelingen.talks.models import Statement, Talk


@staff
def need(request: StaffRequest, record: str) -> HttpResponse:
    """Ask what the need is, with what the statements tell filled in, and write it."""
    talk = queries.get_talk(request.user, request.tenant, record)
    require(request.user, May.EDIT_NEEDS, request.tenant)
    sent = request.POST if request.method == "POST" else None
    keys = (request.GET if sent is None else sent).getlist("wahl")
    try:
        said = becoming.chosen(request.user, request.tenant, keys)
    except becoming.NothingChosenError as error:
        messages.warning(request, str(error))
        return HttpResponseRedirect(address(request, "talk", record=record))
    labels = read_labels(request.user, request.tenant)
    begun = _suggested(request, said)
    adding = sent is not None and "need" in sent
    own = None if adding else sent
    form = NeedForm(own, labels=labels, initial=begun if own is None else {})
    waiting = [
        one for one in needs_in_words(request.user, request.tenant) if one.state == NeedState.OPEN
    ]
    existing = AttachForm(sent if adding else None, needs=waiting, topic=str(begun["topic"]))
    done = None
    if adding and existing.is_valid():
        done = _added(request, talk, said, existing)
    elif form.is_valid():
        done = _made(request, talk, said, form)
    if done is not None:
        return done
    answer = page(
        request,
        "talks/need.html",
        form=form,
        existing=existing if waiting else None,
        talk=talk,
        said=said,
    )
    answer.status_code = 422 if sent is not None else 200
    return answer


def _suggested(request: StaffRequest, said: "list[Statement]") -> dict[str, object]:
    talks = {one.talk.key: one.talk for one in said}
    codings = queries.codings_of(request.user, request.tenant, talks.values())
    found = becoming.suggest(said, codings, coder=coder_of(request.user))
    return {
        "statement": found.statement,
        "topic": found.topic,
        "target_group": found.target_group,
        "territory": found.territory,
    }


def _added(
    request: StaffRequest, talk: "Talk", said: "list[Statement]", form: AttachForm
) -> HttpResponse | None:
    batch = new_batch()
    try:
        need = becoming.add_to_need(
            actor=request.user, tenant=request.tenant, said=said, batch=batch, **form.cleaned_data
        )
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
        return None
    tell(request, f"Als Stimmen zum Bedarf eingetragen: {need}.", undo=batch)
    return HttpResponseRedirect(address(request, "talk", record=talk.key))


def _made(
    request: StaffRequest, talk: "Talk", said: "list[Statement]", form: NeedForm
) -> HttpResponse | None:
    batch = new_batch()
    try:
        becoming.make_need(
            actor=request.user,
            tenant=request.tenant,
            said=said,
            values=form.values(),
            group=form.cleaned_data["group"],
            batch=batch,
        )
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
        return None
    tell(request, f"Bedarf eingetragen: {form.cleaned_data['statement']}.", undo=batch)
    return HttpResponseRedirect(address(request, "talk", record=talk.key))
