"""Change several records of a list at once: ask what is needed, show what would change, write."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.config.day import today
from gelingen.errors import NotFoundError
from gelingen.history.recording import new_batch
from gelingen.register.bulk import (
    BulkPlan,
    Deed,
    StaleBulkError,
    UnknownTargetError,
    Wish,
    plan_bulk,
    write_bulk,
)
from gelingen.register.queries import organisations
from gelingen.topics.queries import topics
from gelingen.web.lists import Column, Listing
from gelingen.web.pages import StaffRequest, address, came_from, page, staff, tell
from gelingen.web.register.lists.forms import BulkForm
from gelingen.web.register.lists.pages import table_of
from gelingen.workbook.folding import fold

COLUMNS = (
    Column("Eintrag", wide=True),
    Column("Angabe", wide=True),
    Column("bisher", wide=True),
    Column("künftig", wide=True),
)
LEFT = (Column("Bleibt, wie er ist", wide=True), Column("Warum", wide=True))
TITLES = {
    Deed.CONFIRM: "bestätigen",
    Deed.TOPIC: "Themenfeld setzen",
    Deed.LEAD: "Träger setzen",
    Deed.RETIRE: "Ende setzen",
}
_ASKED: dict[Deed, tuple[str, ...]] = {
    Deed.CONFIRM: (),
    Deed.TOPIC: ("topic",),
    Deed.LEAD: ("organisation",),
    Deed.RETIRE: ("last",),
}


class UnknownDeedError(NotFoundError):
    """What was asked for cannot be done with records of this kind."""


@staff
def bulk(request: StaffRequest, kind: str) -> HttpResponse:
    """Show what would change, and write it once the person has seen it."""
    table = table_of(kind)
    back = came_from(request, address(request, table.page))
    keys = request.POST.getlist("wahl")
    if not keys:
        messages.warning(request, "Bitte zuerst in der Liste Einträge ankreuzen.")
        return HttpResponseRedirect(back)
    deed = _deed(kind, request.POST.get("tat", ""))
    form = _form(request, kind, deed)
    plan, refused = None, ""
    if form.is_valid() and ("vorschau" in request.POST or not form.fields):
        wish = _wish(deed, form)
        try:
            if request.POST.get("stempel"):
                return _written(request, kind, keys, wish, back)
        except (StaleBulkError, UnknownTargetError) as error:
            refused = str(error)
        plan = plan_bulk(request.user, request.tenant, kind=kind, keys=keys, wish=wish)
    return page(
        request,
        "register/bulk.html",
        title=f"{len(keys)} {table.many if len(keys) > 1 else table.one}: {TITLES[deed]}",
        table=table,
        deed=deed.value,
        keys=keys,
        fields=form,
        plan=plan,
        refused=refused,
        back=back,
        **(_tables(plan) if plan else {}),
    )


def _deed(kind: str, asked: str) -> Deed:
    if asked not in dict(table_of(kind).deeds):
        raise UnknownDeedError("Das lässt sich mit diesen Einträgen nicht machen.")
    return Deed(asked)


def _form(request: StaffRequest, kind: str, deed: Deed) -> BulkForm:
    wanted = _ASKED[deed]
    if deed is Deed.TOPIC and kind == "structure":
        wanted = ("topic", "instead")
    offered: dict[str, list[tuple[str, str]]] = {}
    if deed is Deed.TOPIC:
        known = [(one.key, one.name) for one in topics(request.user, request.tenant)]
        offered = {"topic": known, "instead": known}
    if deed is Deed.LEAD:
        names = organisations(request.user, request.tenant).values_list("key", "name")
        offered = {"organisation": sorted(names, key=lambda pair: fold(pair[1]))}
    # The first time the list sends only what is ticked; then nothing is wrong yet.
    sent = request.POST if "vorschau" in request.POST or not wanted else None
    return BulkForm(sent, wanted=wanted, offered=offered)


def _wish(deed: Deed, form: BulkForm) -> Wish:
    given = form.cleaned_data
    return Wish(
        deed,
        today(),
        topic=given.get("topic", ""),
        instead=given.get("instead", ""),
        organisation=given.get("organisation", ""),
        ends=given.get("last"),
    )


def _written(
    request: StaffRequest, kind: str, keys: list[str], wish: Wish, back: str
) -> HttpResponse:
    batch = new_batch()
    stamp = request.POST["stempel"]
    number = write_bulk(
        actor=request.user,
        tenant=request.tenant,
        kind=kind,
        keys=keys,
        wish=wish,
        stamp=stamp,
        batch=batch,
    )
    table = table_of(kind)
    many = f"{number} {table.one if number == 1 else table.many}"
    tell(request, f"Gespeichert: {many}, {TITLES[wish.deed]}.", undo=batch)
    return HttpResponseRedirect(back)


def _tables(plan: BulkPlan) -> dict[str, object]:
    number, left = len(plan.steps), len(plan.left)
    changes = "Eine Änderung" if number == 1 else f"{number or 'Keine'} Änderungen"
    stays = f", {left} Einträge bleiben, wie sie sind" if left else ""
    if left == 1:
        stays = ", ein Eintrag bleibt, wie er ist"
    return {
        "said": f"{changes}{stays}.",
        "button": "Eine Änderung schreiben" if number == 1 else f"{number} Änderungen schreiben",
        "steps": Listing(
            "Was sich ändert",
            COLUMNS,
            [(one.label, one.what, one.before, one.after) for one in plan.steps],
        ),
        "left": Listing("Was bleibt", LEFT, [(one.label, one.why) for one in plan.left]),
    }
