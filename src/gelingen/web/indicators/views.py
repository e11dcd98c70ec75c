"""Both registers of indicators, and one with its chart, its table and its definition."""

import csv
import io

from django.http import HttpResponse
from django.utils.text import slugify

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.history.queries import events_of
from gelingen.history.trace import subject_of
from gelingen.indicators.queries import MixedDefinitionError, comparable, evidence, lines, sheet
from gelingen.terms.indicators import Register
from gelingen.web.indicators.words import (
    bars,
    beside,
    break_lines,
    chart,
    indicator_listing,
    list_answer,
    sheet_answer,
    sheet_facts,
    smalls,
    value_listing,
)
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.progress.tabs import tabs
from gelingen.web.register.sheets import stated
from gelingen.workbook.export import neutralised

_HEAD = (
    "Kürzel", "Indikator", "Gebiet", "Name des Gebiets", "Stichtag", "Wert von", "Wert bis",
    "Einheit", "Zählung", "Definition", "Quelle", "Anmerkung",
)  # fmt: skip


@staff
def indicators(request: StaffRequest) -> HttpResponse:
    """List the indicators, each register for itself."""
    every = lines(request.user, request.tenant, on=today())
    registers = [
        (register.label, indicator_listing(request, [
            one for one in every if one.indicator.register == register.value
        ], register))
        for register in Register
    ]  # fmt: skip
    return page(
        request,
        "indicators/indicators.html",
        tabs=tabs(request, "indicators"),
        answer=list_answer(every),
        registers=registers,
        any=bool(every),
        may_edit=allowed_in(request.user, May.EDIT_PLAN, request.tenant),
        may_enter=allowed_in(request.user, May.EDIT_BASICS, request.tenant),
    )


@staff
def indicator(request: StaffRequest, record: str) -> HttpResponse:
    """Show one indicator."""
    on = today()
    found = sheet(request.user, request.tenant, record, on=on)
    one = found.indicator
    may = allowed_in(request.user, May.EDIT_PLAN, request.tenant)
    may_enter = allowed_in(request.user, May.EDIT_BASICS, request.tenant)
    told = [one, *found.targets, *found.breaks, *found.rules, *found.plans]
    facts, missing = stated(sheet_facts(request, one))
    proof = evidence(request.user, request.tenant, [one.goal_id], on=on) if one.goal_id else {}
    mixed = ""
    try:
        comparable([one, *(part for part, _ in found.parts)])
    except MixedDefinitionError as error:
        mixed = str(error)
    return page(
        request,
        "indicators/indicator.html",
        indicator=one,
        title=one.name,
        answer=sheet_answer(found),
        chart=chart(found),
        bars=bars(found),
        smalls=[] if bars(found) else smalls([(each.name, each) for each in found.series[1:]]),
        parts=[] if mixed else smalls([(part.part or part.name, each)
                                       for part, each in found.parts]),
        mixed=mixed,
        listing=value_listing(request, found, may=may_enter),
        breaks=break_lines(found),
        beside=beside(request, found),
        facts=facts,
        missing=missing,
        proof=proof.get(one.goal_id or 0),
        may_edit=may,
        may_enter=may_enter,
        csv=address(request, "indicator-values", record=one.key),
        part_of=subject_of(one),
        may_undo=may,
        history=events_of(request.tenant.pk, [subject_of(each) for each in told]) if may else [],
    )  # fmt: skip


@staff
def values(request: StaffRequest, record: str) -> HttpResponse:
    """Hand out all values as a file that Excel opens."""
    found = sheet(request.user, request.tenant, record, on=today())
    one, out = found.indicator, io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEAD)
    for part in found.series:
        writer.writerows(
            [
                *map(neutralised, (one.code, one.name)), part.territory, neutralised(part.name),
                each.day_said, f"{each.low:f}".replace(".", ","),
                f"{each.high:f}".replace(".", ","),
                *map(neutralised, (each.unit, each.base, each.definition, each.source, each.note)),
            ]
            for each in part.points
        )  # fmt: skip
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(one.name)}.csv"'
    return answer
