"""Findings are kept from run to run, and a verdict is not asked for twice."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests import world

from gelingen.findings.commands import (
    EarlierRunError,
    MissingMeasureError,
    MissingReasonError,
    judge,
    refresh,
)
from gelingen.findings.models import Finding, Verdict
from gelingen.findings.observations import Observation
from gelingen.findings.queries import findings_about
from gelingen.history.models import ChangeEvent
from gelingen.terms.vocabulary import Decision, FindingKind

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST = date(2017, 6, 1), date(2017, 7, 1), date(2017, 8, 1)


def gap(key="gap:a", sentence="In Ahorn gibt es kein Angebot."):
    return Observation(key, FindingKind.GAP, sentence, evidence=("need:b_1",))


def run(*observations, on=JUNE):
    return refresh(actor=world.OPERATOR, tenant=world.tenant(), observations=observations, on=on)


def test_ein_neuer_befund_merkt_sich_seit_wann_und_worauf_er_beruht():
    told = run(gap())

    found = Finding.objects.get()
    assert told.new == ("gap:a",)
    assert (found.first_seen, found.last_seen, found.evidence) == (JUNE, JUNE, ["need:b_1"])


def test_ein_befund_der_bleibt_behaelt_seinen_ersten_tag():
    run(gap())
    told = run(gap(), on=JULY)

    found = Finding.objects.get()
    assert (told.new, told.standing) == ((), ("gap:a",))
    assert (found.first_seen, found.last_seen) == (JUNE, JULY)


def test_derselbe_lauf_zweimal_aendert_nichts():
    run(gap())
    events = ChangeEvent.objects.count()

    run(gap())

    assert ChangeEvent.objects.count() == events


def test_was_nicht_mehr_festgestellt_wird_gilt_als_geloest_und_kann_wiederkommen():
    run(gap())
    gone = run(on=JULY)
    assert (gone.resolved, Finding.objects.get().resolved) == (("gap:a",), JULY)

    back = run(gap(), on=AUGUST)

    found = Finding.objects.get()
    assert back.reappeared == ("gap:a",)
    assert (found.first_seen, found.resolved, found.reappeared) == (JUNE, None, AUGUST)


def test_ein_lauf_fuer_einen_frueheren_tag_schreibt_die_geschichte_nicht_um():
    run(gap(), on=JULY)

    with pytest.raises(EarlierRunError, match=r"schon zum 01\.07\.2017"):
        run(gap(), on=JUNE)

    assert Finding.objects.get().first_seen == JULY


def test_ein_geloester_befund_wird_nur_einmal_gemeldet():
    run(gap())
    run(on=JULY)

    assert run(on=AUGUST).resolved == ()
    assert Finding.objects.get().resolved == JULY


def test_eine_bewertung_ueberlebt_den_naechsten_lauf():
    run(gap())
    judge(
        actor=world.person(), finding=Finding.objects.get(), decision=Decision.INTENDED,
        reason="Die Nachbargemeinde übernimmt.", by_function="Steuerungsgruppe", on=JUNE,
    )  # fmt: skip

    run(gap(sentence="In Ahorn gibt es weiterhin kein Angebot."), on=JULY)

    verdict = Verdict.objects.get(finding__key="gap:a")
    assert (verdict.decision, verdict.by_function) == ("intended", "Steuerungsgruppe")


def test_die_bewertungen_der_stadt_gehen_den_kreis_nichts_an():
    run(gap())
    stranger = world.person(at=world.tenant("09463", "Stadt Coburg"))

    with pytest.raises(PermissionDenied):
        judge(
            actor=stranger, finding=Finding.objects.get(), decision=Decision.WRONG,
            reason="nein", by_function="Stadt", on=JUNE,
        )  # fmt: skip


def verdict(**changes):
    run(gap())
    fields = {
        "actor": world.OPERATOR, "finding": Finding.objects.get(), "decision": Decision.ACCEPTED,
        "reason": "zu klein", "by_function": "Steuerungsgruppe", "on": JUNE,
    }  # fmt: skip
    return judge(**fields | changes)


def test_ohne_begruendung_gibt_es_keine_bewertung():
    with pytest.raises(MissingReasonError, match="begründen"):
        verdict(reason="  ")


def test_wer_loesen_will_nennt_die_massnahme():
    with pytest.raises(MissingMeasureError, match="Maßnahme"):
        verdict(decision=Decision.TO_SOLVE)

    measure = world.measure()
    assert verdict(decision=Decision.TO_SOLVE, measure=measure).measure == measure


def test_die_massnahme_eines_anderen_mandanten_loest_nichts():
    town = world.tenant("09463", "Stadt Coburg")

    with pytest.raises(ValidationError, match="anderen Mandanten"):
        verdict(decision=Decision.TO_SOLVE, measure=world.measure(tenant=town))

    assert not Verdict.objects.exists()


def test_auch_ein_befund_ueber_sehr_vieles_wird_wiedergefunden():
    many = ";".join(f"thema_{number}" for number in range(40))
    one, other = f"overlap:delivers|{many}|frauen", f"overlap:delivers|{many}|familien"
    run(gap(one), gap(other))

    told = run(gap(one), gap(other), on=JULY)

    assert (len(told.standing), told.new) == (2, ())
    assert all(len(found.key) <= 200 for found in Finding.objects.all())
    assert set(findings_about(world.OPERATOR, world.tenant(), [one, other])) == {one, other}
