"""What follows from a resolution: choose, see what would be written, write; later say done."""

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.papers import following
from gelingen.papers.queries import get_consequence
from gelingen.register.queries import organisations
from gelingen.register.steps import carry_out
from gelingen.web.boards.extending import STAMP, preview
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    came_from,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.papers.editing import to_write
from gelingen.web.papers.forms import FollowForm


@staff
def follow(request: StaffRequest, record: str) -> HttpResponse:
    """Show what would follow from a resolution, and write it once it was seen."""
    paper, on = to_write(request, record), today()
    back = f"{address(request, 'council-paper', record=record)}#folgen"
    open_ones = following.undecided(request.user, paper)
    sent = request.method == "POST"
    ticked = request.POST.getlist("wahl") if sent else [one.key for one in open_ones]
    form = FollowForm(
        request.POST or None,
        organisations=organisations(request.user, request.tenant).order_by("name", "key"),
    )
    shown: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        wishes = following.Wishes(tuple(ticked), form.structures(), form.bodies(), form.tasks())
        try:
            plan = following.plan_following(request.user, paper, wishes, on=on)
            if request.POST.get(STAMP) == plan.stamp:
                batch = carry_out(actor=request.user, plan=plan)
                tell(request, f"Geschrieben: {plan.sentence}", undo=batch)
                return HttpResponseRedirect(back)
            shown = preview(request, plan, form)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
    return page(
        request,
        "papers/follow.html",
        paper=paper,
        measures=open_ones,
        ticked=ticked,
        keys=ticked,
        fields=form,
        back=back,
        title="Folgen des Beschlusses",
        **({"form": form} if form.is_bound else {}),
        **shown,
    )


@staff
@require_POST
def tick(request: StaffRequest, record: str, follow: str) -> HttpResponse:
    """Say that something that follows is done, open again, or no longer wanted."""
    paper, batch = to_write(request, record), new_batch()
    found = get_consequence(paper, follow)
    back = came_from(request, f"{address(request, 'council-paper', record=record)}#folgen")
    if "loeschen" in request.POST:
        following.remove_consequence(actor=request.user, consequence=found, batch=batch)
        tell(request, "Folge gelöscht; was entstanden ist, bleibt.", undo=batch)
        return HttpResponseRedirect(back)
    on = None if "oeffnen" in request.POST else today()
    sent = request.POST.get("stand", "")
    following.tick(
        actor=request.user, consequence=found, on=on, batch=batch,
        version=int(sent) if sent.isdecimal() else None,
    )  # fmt: skip
    tell(request, "Erledigt." if on else "Wieder offen.", undo=batch)
    return HttpResponseRedirect(back)
