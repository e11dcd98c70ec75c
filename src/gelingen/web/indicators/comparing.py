"""Up to four indicators beside each other in the same bounds; what must not be mixed is refused."""

from typing import TYPE_CHECKING

from django.http import HttpResponse

from gelingen.config.day import today
from gelingen.errors import UserError
from gelingen.indicators.queries import comparable, indicators
from gelingen.indicators.values import every_series
from gelingen.terms.indicators import Register
from gelingen.web.indicators.words import said, smalls
from gelingen.web.lists import Column, Listing
from gelingen.web.pages import StaffRequest, page, staff

if TYPE_CHECKING:
    from gelingen.indicators.models import Indicator
    from gelingen.indicators.series import Series

LEAST, MOST = 2, 4
Shown = list[tuple["Indicator", "Series"]]


@staff
def compare(request: StaffRequest) -> HttpResponse:
    """Let indicators be chosen that have values in the same territory, and show them."""
    sheets = list(indicators(request.user, request.tenant).prefetch_related("breaks", "rules"))
    every = every_series(request.user, request.tenant, sheets, on=today())
    known = {
        one.key: (one, found[0]) for one, found in zip(sheets, every, strict=True) if found
    }  # fmt: skip
    wanted = [key for key in dict.fromkeys(request.GET.getlist("k")) if key in known]
    chosen = [known[key] for key in wanted]
    refused = _refused(chosen) if request.GET else ""
    return page(
        request,
        "indicators/compare.html",
        answer=_answer(chosen) if chosen and not refused else "Zwei bis vier auswählen.",
        registers=[
            (register.label, [
                (one.key, one.name, one.unit, one.key in wanted)
                for one, _ in known.values() if one.register == register.value
            ])
            for register in Register
        ],
        any=len(known) >= LEAST,
        refused=refused,
        pictures=smalls([(one.name, found) for one, found in chosen]) if not refused else [],
        listing=_listing(chosen) if chosen and not refused else None,
    )  # fmt: skip


def _refused(chosen: Shown) -> str:
    """Say why these do not stand beside each other; "" if they do."""
    if not LEAST <= len(chosen) <= MOST:
        return f"Bitte zwei bis vier Indikatoren auswählen; gewählt sind {len(chosen)}."
    try:
        comparable([one for one, _ in chosen])
    except UserError as error:
        return str(error)
    if len({found.territory for _, found in chosen}) > 1:
        return (
            "Diese Indikatoren haben Werte für verschiedene Gebiete. Bitte jeden für sich ansehen."
        )
    return ""


def _answer(chosen: Shown) -> str:
    return f"{chosen[0][1].name}, {chosen[0][0].unit}. Alle Bilder haben dieselben Achsen."


def _listing(chosen: Shown) -> Listing:
    """List the values by day, the newest first, a column for each indicator."""
    columns = (
        Column("Stichtag"),
        *(Column(one.name, number=True) for one, _ in chosen),
    )
    by_day: list[dict[tuple[str, str], list[str]]] = [_by_day(found) for _, found in chosen]
    days = sorted({on for each in by_day for on in each}, reverse=True)
    rows = [
        (on[1], *(", ".join(each.get(on, ["–"])) for each in by_day)) for on in days
    ]  # fmt: skip
    return Listing("Werte", columns, rows)


def _by_day(found: "Series") -> dict[tuple[str, str], list[str]]:
    """Give the values of each day, as it is told; counted in two ways there are two."""
    result: dict[tuple[str, str], list[str]] = {}
    for one in found.points:
        result.setdefault((one.reference_told, one.day_said), []).append(said(one))
    return result
