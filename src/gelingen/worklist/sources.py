"""Where chores come from: one function for each reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

import polars as pl

from gelingen.analysis.cliff import Cliff
from gelingen.boards.vacancies import Open
from gelingen.boards.waiting import Task, Unwritten
from gelingen.confirmations.proposals import differences
from gelingen.findings.queries import FindingLine
from gelingen.plan.waiting import Late, Loose, Unready
from gelingen.process.waiting import Waiting
from gelingen.programme.members import by_members
from gelingen.register.agreements import AgreementLine
from gelingen.register.standing import is_confirmed
from gelingen.register.waiting import Ending, Kept
from gelingen.surveys.watching import Closing
from gelingen.terms.asking import ProposalKind
from gelingen.terms.desk import ChoreKind
from gelingen.terms.programme import SelectionState
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import AgreementState, FindingKind, Light
from gelingen.wording.continuity import say_loss
from gelingen.wording.words import counted
from gelingen.worklist.chores import Chore

if TYPE_CHECKING:
    from gelingen.confirmations.models import Proposal
    from gelingen.programme.models import Ballot, MemberBallot
    from gelingen.programme.watching import SelectionLine

# So long before the end of its money the next application has to be on its way.
AHEAD = timedelta(days=182)
NO_DAY = " Er hat noch keinen Tag; bitte einen eintragen."
_MINUTES = {
    ChoreKind.OVERDUE: 2,
    ChoreKind.ENDING: 3,
    ChoreKind.FINDING: 3,
    ChoreKind.INCOMPLETE: 2,
    ChoreKind.NO_GOAL: 5,
    ChoreKind.NO_MEASURE: 5,
    ChoreKind.CONFIRM: 1,
    ChoreKind.PROPOSAL: 1,
    ChoreKind.AGREEMENT: 2,
    ChoreKind.SURVEY: 2,
    ChoreKind.REVIEW: 1,
    ChoreKind.BALLOT: 20,
    ChoreKind.SELECTION: 10,
    ChoreKind.SEAT: 5,
    ChoreKind.TERM: 5,
    ChoreKind.ACTION: 2,
    ChoreKind.MINUTES: 15,
    ChoreKind.PROCESS: 5,
}
REVIEW = "review:antworten"
_AT_ONCE = 5  # entries of one organisation that are looked through in a minute


def ending(
    losses: Cliff, fundings: Sequence[Ending], kept: Iterable[str], names: Mapping[str, str]
) -> Iterator[Chore]:
    """Say what ends or loses money: structures that the person may change."""
    may, money = set(kept), {one.key: one for one in fundings}
    for row in losses.frame.filter(pl.col("structure").is_in(may)).iter_rows(named=True):
        paid = [money[key] for key in row["fundings"].split(";") if key in money]
        deadlines = [one.deadline for one in paid if one.deadline is not None]
        funding = paid[0].key if len(paid) == 1 and row["kind"] != "ends" else ""
        record = f"funding:{funding}" if funding else f"structure:{row['structure']}"
        until = f", Antragsfrist {day(min(deadlines))}" if deadlines else ""
        yield Chore(
            ChoreKind.ENDING,
            record,
            names.get(row["structure"], row["structure"]),
            say_loss(row, names).removesuffix(".") + until + ".",
            _MINUTES[ChoreKind.ENDING],
            due=min(deadlines, default=row["day"] - AHEAD),
            weight=row["bare"],
            home=f"structure:{row['structure']}",
            told=(("last", day(last_day(row["day"]))),),
        )


def judging(lines: Iterable[FindingLine], *, since: date | None) -> Iterator[Chore]:
    """Say which findings wait for a verdict; those that are new or back weigh more.

    What ends is told by `ending`, so findings about it are left out.
    """
    for line in lines:
        if line.kind is FindingKind.CLIFF:
            continue
        appeared = line.reappeared or line.first_seen
        new = since is None or appeared > since
        word = "wieder da" if line.reappeared else "neu"
        about = f"{line.topic}; " if line.topic else ""
        yield Chore(
            ChoreKind.FINDING,
            f"finding:{line.pk}",
            line.sentence,
            f"{line.kind.label[:1].upper()}{line.kind.label[1:]}; {about}"
            + (f"{word} seit {day(appeared)}." if new else f"seit {day(appeared)}."),
            _MINUTES[ChoreKind.FINDING],
            weight=line.weight + (1_000_000 if new else 0),
        )


def overdue(late: Iterable[Late], names: Mapping[str, str]) -> Iterator[Chore]:
    """Say which milestones and measures should have been reached."""
    for one in late:
        step = one.kind == "milestone"
        of = f" der Maßnahme „{names.get(one.measure, one.measure)}“" if step else ""
        word = f"Der Meilenstein{of} sollte" if step else "Die Maßnahme sollte"
        lack = (
            "ein Ergebnis ist nicht eingetragen"
            if step
            else f"der Umsetzungsstand ist nicht „{Light.DONE.label}“"
        )
        yield Chore(
            ChoreKind.OVERDUE,
            f"{one.kind}:{one.key}",
            one.title,
            f"{word} bis zum {day(last_day(one.due))} erreicht sein; {lack}.",
            _MINUTES[ChoreKind.OVERDUE],
            due=one.due,
            home=f"measure:{one.measure}",
        )


def completing(
    found: Iterable[Unready], leaders: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[Chore]:
    """Say which measures lack a lead, a date or the cost; `leaders` by topic is who leads most."""
    for one in found:
        proposal = leaders.get(one.topic_key, "") if "Federführung" in one.missing else ""
        hint = f" Vorschlag nach Themenfeld: {names.get(proposal, proposal)}." if proposal else ""
        yield Chore(
            ChoreKind.INCOMPLETE,
            f"measure:{one.key}",
            one.title,
            f"Es fehlt: {', '.join(one.missing)}.{hint}",
            _MINUTES[ChoreKind.INCOMPLETE],
            weight=len(one.missing),
            told=(("missing", "; ".join(one.missing)), ("lead", proposal)),
        )


def leading_nowhere(needs: Iterable[Loose], goals: Iterable[Loose]) -> Iterator[Chore]:
    """Say which needs have no goal, and which goals no measure."""
    for need in needs:
        severe = f", Schwere {need.severity} von 5" if need.severity else ""
        yield Chore(
            ChoreKind.NO_GOAL,
            f"need:{need.key}",
            need.title,
            f"Dieser Bedarf hat noch kein Wirkungsziel ({need.topic}{severe}).",
            _MINUTES[ChoreKind.NO_GOAL],
            weight=need.severity,
        )
    for goal in goals:
        yield Chore(
            ChoreKind.NO_MEASURE,
            f"impact_goal:{goal.key}",
            goal.title,
            f"Zu diesem Wirkungsziel führt noch keine Maßnahme ({goal.topic}).",
            _MINUTES[ChoreKind.NO_MEASURE],
            home=f"impactgoal:{goal.key}",
        )


def deciding(proposals: Iterable["Proposal"]) -> Iterator[Chore]:
    """Say what organisations propose; it waits for an answer since that day."""
    for one in proposals:
        changes = ", ".join(
            f"{field.head} {field.before or 'ohne Angabe'} → {field.after or 'ohne Angabe'}"
            for field in differences(one)
        )
        said = "; ".join(part for part in (changes, f"„{one.note}“" if one.note else "") if part)
        word = "Gibt es nicht mehr" if one.kind == ProposalKind.END else "Hat sich geändert"
        yield Chore(
            ChoreKind.PROPOSAL,
            f"proposal:{one.key}",
            one.name,
            f"{word}, sagt {one.by_function} am {day(one.day)}: {said}.",
            _MINUTES[ChoreKind.PROPOSAL],
            due=one.day,
            home=one.subject,
        )


def agreeing(lines: Iterable[AgreementLine]) -> Iterator[Chore]:
    """Say for which units the person has to answer whether they agree who leads."""
    for line in lines:
        if line.state is not AgreementState.OPEN:
            continue
        agreed = [side.name for side in line.sides if side.on is not None]
        said = f" Bestätigt hat schon: {', '.join(agreed)}." if agreed else ""
        others = f"; die anderen {line.afterwards}" if len(line.sides) > 1 else ""
        for side in line.missing:
            if side.mine:
                yield Chore(
                    ChoreKind.AGREEMENT,
                    f"agreement:{side.key}:{line.key}",
                    f"{line.task}: {side.name} soll zustimmen",
                    f"Ab {day(line.starts)} soll {line.lead} federführend sein ({line.about})"
                    f"{others}. Grundlage: {line.basis}.{said}",
                    _MINUTES[ChoreKind.AGREEMENT],
                    due=line.starts,
                    home=f"agreement:{line.key}",
                    told=(("unit", side.name),),
                )


def reminding(endings: Iterable[Closing]) -> Iterator[Chore]:
    """Say which surveys end soon while answers are missing."""
    for one in endings:
        last = last_day(one.closes)
        lack = "fehlt eine Antwort" if one.missing == 1 else f"fehlen {one.missing} Antworten"
        yield Chore(
            ChoreKind.SURVEY,
            f"survey:{one.key}",
            one.title,
            f"Die Umfrage endet am {day(last)}, von {one.invited} {lack}.",
            _MINUTES[ChoreKind.SURVEY],
            due=last,
        )


def doing(found: Iterable[Task]) -> Iterator[Chore]:
    """Say what a meeting gave to do: to the person, to be confirmed, or to be looked after."""
    for one in found:
        if one.confirm:
            by = f" von {one.who}" if one.who else ""
            why = f"Ist{by} als getan gemeldet; dass es getan ist, bestätigt jemand anders."
        else:
            until = f" bis {day(last_day(one.due))}" if one.due else ""
            why = f"Auftrag an Sie{until}."
            if not one.mine:
                to = f" an: {one.who}" if one.who else ""
                why = f"Auftrag{to}{until}. Kein Konto hat ihn; bitte nachfragen."
            why += "" if one.due else NO_DAY
        yield Chore(
            ChoreKind.ACTION,
            f"action:{one.key}",
            one.text,
            f"{one.body}: {why}",
            _MINUTES[ChoreKind.ACTION],
            due=None if one.confirm else one.due,
            weight=1,
            told=(("confirm", "ja" if one.confirm else ""),),
        )


def minuting(found: Iterable[Unwritten]) -> Iterator[Chore]:
    """Say of which meetings minutes are to be written, and which are to be approved next."""
    for one in found:
        why = (
            f"Die Sitzung am {day(one.until)} kann sie genehmigen."
            if one.approves
            else "Die Niederschrift ist noch nicht begonnen."
        )
        yield Chore(
            ChoreKind.MINUTES,
            f"meeting:{one.key}",
            f"{one.body}, Sitzung am {day(one.day)}",
            why,
            _MINUTES[ChoreKind.ACTION] if one.approves else _MINUTES[ChoreKind.MINUTES],
            due=one.until,
            home=f"meeting:{one.approves}" if one.approves else "",
        )


def reviewing(said: int, told: int) -> Iterator[Chore]:
    """Say how many statements and told ties wait for a decision: one chore for everything."""
    parts = []
    if said:
        parts.append(f"{counted(said, 'Aussage', 'Aussagen')} dazu, was fehlt")
    if told:
        parts.append(counted(told, "genannte Verbindung", "genannte Verbindungen"))
    if parts:
        yield Chore(
            ChoreKind.REVIEW,
            REVIEW,
            "Antworten aus Umfragen",
            f"Zu entscheiden: {'; '.join(parts)}.",
            ceil((said + told) / _AT_ONCE),
        )


def seating(found: Iterable[Open]) -> Iterator[Chore]:
    """Say which seats nobody takes and which terms end soon: one chore for each body and day."""
    for one in found:
        seats = "; ".join(one.seats)
        many = len(one.seats)
        if one.ends is None:
            yield Chore(
                ChoreKind.SEAT,
                f"body:{one.key}",
                f"{one.body}: {'ein Sitz ist' if many == 1 else f'{many} Sitze sind'} frei",
                f"Niemand nimmt ein: {seats}.",
                _MINUTES[ChoreKind.SEAT],
                weight=many,
            )
        else:
            ending = "eine Amtszeit endet" if many == 1 else f"{many} Amtszeiten enden"
            yield Chore(
                ChoreKind.TERM,
                f"term:{one.key}:{one.ends}",
                f"{one.body}: {ending}",
                f"Am {day(last_day(one.ends))}, und niemand folgt: {seats}.",
                _MINUTES[ChoreKind.TERM],
                due=one.ends,
                home=f"body:{one.key}",
            )


def steering(found: Iterable[Waiting]) -> Iterator[Chore]:
    """Say what waits in the process: late or resting phases, steps, events, contracts."""
    for one in found:
        yield Chore(
            ChoreKind.PROCESS,
            one.record,
            one.title,
            one.why,
            _MINUTES[ChoreKind.PROCESS],
            due=one.due,
            home=one.home,
        )


def scoring(ballots: "Iterable[Ballot | MemberBallot]") -> Iterator[Chore]:
    """Say for which groups, or as a member of which, the person has to score, and until when."""
    for one in ballots:
        ends = one.selection.ends
        until = f"bis zum {day(last_day(ends))} " if ends else ""
        begun = "angefangen, aber noch nicht abgegeben" if one.scores else "noch nicht begonnen"
        alone = by_members(one.selection)
        who = "Jedes Mitglied" if alone else "Die Gruppe"
        yield Chore(
            ChoreKind.BALLOT,
            f"ballot:{one.key}",
            f"{one.selection}: {'als Mitglied von' if alone else 'für'} {one.body} bewerten",
            f"{who} bewertet {until}die Maßnahmen; {begun}.",
            _MINUTES[ChoreKind.BALLOT],
            due=last_day(ends) if ends else None,
            told=(("selection", one.selection.key), ("body", one.body.key)),
        )


def choosing(lines: "Iterable[SelectionLine]") -> Iterator[Chore]:
    """Say which selections wait to be decided, or for the end of their scoring."""
    for line in lines:
        one = line.selection
        weighing = one.state == SelectionState.WEIGHING
        yield Chore(
            ChoreKind.SELECTION,
            f"selection:{one.key}",
            one.title,
            _how_many(line)
            + (
                "Zu entscheiden ist noch."
                if weighing
                else "Die Zeit zum Bewerten ist vorbei, die Bewertung noch nicht abgeschlossen."
            ),
            _MINUTES[ChoreKind.SELECTION],
            due=one.ends,
            told=(("page", "selection-lists" if weighing else "selection"),),
        )


def _how_many(line: "SelectionLine") -> str:
    """Say how many groups have sent their ballot; also where scoring was closed before all had."""
    if not line.groups:
        return ""
    verb = "hat" if line.sent == 1 else "haben"
    return f"{line.sent} von {counted(line.groups, 'Gruppe', 'Gruppen')} {verb} abgegeben. "


def confirming(kept: Iterable[Kept], *, on: date) -> Iterator[Chore]:
    """Say whose entries nobody has confirmed for a year: one chore for each organisation."""
    old = [one for one in kept if not is_confirmed(one.last_confirmed, on=on)]
    for organisation, group in groupby(old, key=lambda one: one.organisation_key):
        entries = list(group)
        days = [one.last_confirmed for one in entries if one.last_confirmed is not None]
        last = f"zuletzt bestätigt am {day(min(days))}" if days else "noch nie bestätigt"
        many = f"{len(entries)} Einträge" if len(entries) > 1 else "ein Eintrag"
        shown = ", ".join(one.name for one in entries[:3])
        more = f" und {len(entries) - 3} weitere" if len(entries) > 3 else ""  # noqa: PLR2004
        yield Chore(
            ChoreKind.CONFIRM,
            f"organisation:{organisation}",
            f"{entries[0].organisation}: {many} bestätigen",
            f"{shown}{more}: {last}.",
            max(_MINUTES[ChoreKind.CONFIRM], round(len(entries) / _AT_ONCE)),
            weight=len(entries),
            told=(("keys", ";".join(one.key for one in entries)), ("many", str(len(entries)))),
        )
