"""What was chosen and written on the page of invitations stays while one looks for others.

The filters are part of the form of the letter. Looking for others shows the page again with the
words and ticks that were there; what is new is ticked, unless its mailbox has an invitation. Sent
is only what was on the screen: filters that were turned and not applied are applied first.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.http import urlencode

from gelingen.surveys.inviting import Invitee
from gelingen.surveys.languages import languages_of
from gelingen.surveys.letters import INVITATION, proposed
from gelingen.web.surveys.sending_forms import SoughtForm

if TYPE_CHECKING:
    from gelingen.surveys.models import Survey

# Names of the button that looks for others, and of the fields that carry what was on the screen.
SEARCH, FILTERS, THERE, OFF, TICKED = "suchen", "gesucht", "da", "aus", "wahl"


def filters_of(sought: SoughtForm) -> str:
    """Write the filters as one text."""
    return urlencode([(name, sought.text(name)) for name in sought.fields])


def turned(request: HttpRequest, sought: SoughtForm) -> bool:
    """Whether filters were turned since the page was shown, and not applied."""
    now = filters_of(sought)
    return request.POST.get(FILTERS, now) != now


def ticked(request: HttpRequest, left: Sequence[Invitee], *, anew: bool) -> set[str]:
    """Give the organisations that are ticked.

    Args:
        request: of the page.
        left: organisations that fit and can be invited.
        anew: whether the page shows others than before.

    """
    chosen = set(request.POST.getlist(TICKED))
    if request.method == "POST" and not anew:
        return chosen
    seen = {*request.POST.getlist(THERE), *request.POST.getlist(OFF)}
    fresh = {one.organisation for one in left if not one.known} - seen
    return chosen | fresh


def unticked(request: HttpRequest, left: Sequence[Invitee]) -> list[str]:
    """Give the organisations without tick that do not fit now; they stay so if they fit again."""
    seen = {*request.POST.getlist(THERE), *request.POST.getlist(OFF)}
    gone = seen - set(request.POST.getlist(TICKED)) - {one.organisation for one in left}
    return sorted(gone)


def written(request: HttpRequest, survey: "Survey", language: str) -> dict[str, str]:
    """Give what was written, and in another language what is proposed for it.

    What stands as it was proposed is proposed anew; what somebody wrote stays.
    """
    given = {name: str(text).replace("\r\n", "\n") for name, text in request.POST.items()}
    before = [proposed(survey, one, INVITATION)._asdict() for one in languages_of(survey)]
    for name, words in proposed(survey, language, INVITATION)._asdict().items():
        as_proposed = given.get(name, "") in {"", *(one[name] for one in before)}
        given[name] = words if as_proposed else given[name]
    return given
