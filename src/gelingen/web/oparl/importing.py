"""Read stored answers in: send a file, look at what it would change, write it or leave it."""

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.errors import UserError
from gelingen.oparl.importing import REASON, plan_import
from gelingen.oparl.reading import read_answers, unpacked
from gelingen.register.steps import carry_out
from gelingen.web.boards.extending import STAMP, steps_of
from gelingen.web.oparl.forms import AnswersForm
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.wording.words import counted

LARGEST = 20 * 1024 * 1024
# What was sent goes with the preview and comes back, signed, to be written: nothing is stored.
HELD, _SALT, _LONGEST = "gelesen", "gelingen.oparl.answers", 1_500_000
_A_DAY = 24 * 60 * 60
_TOO_LARGE = (
    "Das ist für eine Seite zu viel. Bitte in Teilen hochladen oder am Kommando einlesen: "
    "gelingen oparl DATEI."
)
Files = list[tuple[str, bytes]]


class UnfitAnswersError(UserError):
    """What was sent is too large for a page, or its preview is too old."""


@staff
def read_in(request: StaffRequest) -> HttpResponse:
    """Take a file, show what it would change, and write it once that was seen."""
    require(request.user, May.EDIT_BOARDS, request.tenant)
    form, shown = AnswersForm(), dict[str, object]()
    if request.method == "POST":
        held = request.POST.get(HELD, "")
        form = AnswersForm() if held else AnswersForm(request.POST, request.FILES)
        try:
            files = _again(held) if held else _sent(form)
            shown = _preview(request, files) if files else {}
        except REFUSALS as error:
            shown = {"wrong": sentence_of(error).splitlines()}
        if "written" in shown:
            return HttpResponseRedirect(address(request, "bodies"))
    return _page(request, form, shown)


def _page(request: StaffRequest, form: AnswersForm, shown: dict[str, object]) -> HttpResponse:
    answer = page(
        request,
        "oparl/read_in.html",
        fields=form,
        back=address(request, "oparl"),
        **({"form": form} if form.is_bound and not shown else {}),
        **shown,
    )
    if "wrong" in shown:
        answer.status_code = 422
    return answer


def _sent(form: AnswersForm) -> Files:
    """Give what a file holds; nothing if the form is refused."""
    if not form.is_valid():
        return []
    file = form.cleaned_data["datei"]
    if file.size > LARGEST:
        raise UnfitAnswersError(_TOO_LARGE)
    return unpacked(file.name, file.read())


def _again(held: str) -> Files:
    try:
        found = signing.loads(held, salt=_SALT, max_age=_A_DAY)
    except signing.BadSignature as error:
        raise UnfitAnswersError("Die Vorschau ist zu alt. Bitte neu hochladen.") from error
    return [(name, text.encode()) for name, text in found]


def _hold(files: Files) -> str:
    texts = [(name, content.decode("utf-8-sig")) for name, content in files]
    held = signing.dumps(texts, salt=_SALT, compress=True)
    if len(held) > _LONGEST:
        raise UnfitAnswersError(_TOO_LARGE)
    return held


def _preview(request: StaffRequest, files: Files) -> dict[str, object]:
    """Say what files would change, or write it if just that was seen before."""
    plan = plan_import(request.user, request.tenant, read_answers(files), on=today())
    if request.POST.get(STAMP) == plan.stamp and plan.steps:
        batch = carry_out(actor=request.user, plan=plan, reason=REASON)
        tell(request, f"Übernommen. {plan.sentence}", undo=batch)
        return {"written": True}
    return {
        "plan": plan,
        "held": _hold(files),
        "held_name": HELD,
        "stale": STAMP in request.POST,
        "said": plan.sentence if plan.steps else "Es bleibt alles, wie es ist.",
        "steps": steps_of(plan),
        "write": counted(len(plan.steps), "Änderung schreiben", "Änderungen schreiben"),
    }
