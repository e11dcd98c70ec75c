"""Forms that two people may have open at once, and that keep what was typed.

A form is compared text by text: `stored` has for each of its fields the texts that it would send.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from django import forms
from django.http import HttpResponse, QueryDict

from gelingen.desk.drafts import drop_draft, find_draft
from gelingen.web.editing.forms import STAND
from gelingen.web.editing.versions import CHOICE, THEIRS, Pair
from gelingen.web.pages import StaffRequest, form_of, page

if TYPE_CHECKING:
    from gelingen.desk.models import Draft

Texts: TypeAlias = Mapping[str, list[str]]


class Edited:
    """What a form begins with, or what was sent with it.

    Attributes:
        data: what was sent; None where the form is only shown.
        draft: what the person typed before and did not save.
        stale: whether somebody else changed something since the form was shown.

    """

    # The page that shows both versions.
    template = "surveys/versions.html"
    # Names of what is sent along without being compared.
    carried: tuple[str, ...] = ()

    def __init__(
        self,
        request: StaffRequest,
        stored: Texts,
        *,
        stand: str,
        at: Callable[[str], Texts | None],
    ) -> None:
        self.request, self.stored, self.stand, self._at = request, stored, stand, at
        self.own = form_of(request.get_full_path())
        self.data: QueryDict | None = None
        self.draft: Draft | None = None
        self.stale = False
        if request.method == "POST":
            self.data = self._chosen(request.POST)
            self.stale = request.POST.get(STAND, stand) not in ("", stand)
        else:
            draft = find_draft(request.user, request.tenant, self.own)
            # One of a form that was built in another way would leave every field empty.
            self.draft = draft if draft and set(draft.texts) & set(stored) else None

    def initial(self, several: Sequence[str] = ()) -> dict[str, object]:
        """Give the form what it begins with; `several` are fields with a list of texts."""
        kept = self.draft.texts if self.draft else None
        shown = {
            name: list(kept.get(name, ())) if kept is not None else texts
            for name, texts in self.stored.items()
        }
        stand = (kept or {}).get(STAND) or [self.stand]
        start: dict[str, object] = {
            name: texts if name in several else (texts[-1] if texts else "")
            for name, texts in shown.items()
        }
        return {**start, STAND: stand[-1]}

    def _chosen(self, sent: QueryDict) -> QueryDict:
        """Put the other person's texts where they were chosen."""
        result = sent.copy()
        for name in self.stored:
            if sent.get(CHOICE + name) == THEIRS:
                result.setlist(name, self.stored[name])
        return result

    def saved(self) -> None:
        """Throw away the draft of what is stored now."""
        drop_draft(self.request.user, self.request.tenant, self.own)

    def versions(self, form: forms.Form, *, thing: object, back: str) -> HttpResponse:
        """Show both versions side by side; what does not touch is put together."""
        given = self.data or QueryDict()
        mine = {name: _clean(given.getlist(name)) for name in self.stored}
        base = self._at(given.get(STAND, "")) or {}
        merged, taken, clashes = dict(mine), [], []
        for name, theirs in self.stored.items():
            now, before = _clean(theirs), _clean(base.get(name, ["?"]))
            if now in (mine[name], before):
                continue
            if mine[name] == before:
                merged[name] = now
                taken.append(str(form[name].label))
            else:
                said = (_said(form, name, texts) for texts in (mine[name], now))
                clashes.append(Pair(name, str(form[name].label), *said))
        return page(
            self.request,
            self.template,
            thing=thing,
            pairs=clashes,
            taken=taken,
            hidden=[
                (STAND, self.stand),
                *_pairs(merged),
                *_pairs({name: given.getlist(name) for name in self.carried}),
            ],
            back=back,
        )


def _pairs(texts: Texts) -> list[tuple[str, str]]:
    return [(name, text) for name, given in texts.items() for text in given]


def _clean(texts: Sequence[str]) -> list[str]:
    """Give texts as they are compared: line breaks as one sign, nothing where nothing was typed."""
    plain = (text.replace("\r\n", "\n").strip() for text in texts)
    return [text for text in plain if text]


def _said(form: forms.Form, name: str, texts: Sequence[str]) -> str:
    """Put what stands in a field into words."""
    field = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return "ja" if texts else "nein"
    names = _names(field.choices) if isinstance(field, forms.ChoiceField) else {}
    return ", ".join(names.get(text, text) for text in texts) or "keine Angabe"


def _names(choices: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, label in choices:  # type: ignore[attr-defined]  # pairs, or groups of pairs
        if isinstance(label, (list, tuple)):
            found |= {str(one): str(words) for one, words in label}
        else:
            found[str(code)] = str(label)
    return found
