"""Make a need of the statements that were ticked."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, require
from gelingen.history.recording import new_batch
from gelingen.talks import becoming, queries
from gelingen.talks.coding import coder_of
from gelingen.talks.labels import read_labels
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.talks.forms import NeedForm

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
    form = NeedForm(sent, labels=labels, initial=_suggested(request, said) if sent is None else {})
    if sent is not None and form.is_valid():
        answer = _made(request, talk, said, form)
        if answer is not None:
            return answer
    return page(request, "talks/need.html", form=form, talk=talk, said=said)


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
