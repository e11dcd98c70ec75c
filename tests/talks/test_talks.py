"""Gespräche: who may see them, how statements come in, who codes what, and what counts."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from tests import world

from gelingen.access.models import User
from gelingen.access.record import UnknownRecordError
from gelingen.editing import take_back
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.history.undo import UndoRefusedError
from gelingen.needs.models import Need
from gelingen.needs.voices import voices_of
from gelingen.register.attachments import attach, attachments_of
from gelingen.register.inventory_pages import get_attachment
from gelingen.talks.becoming import (
    MOST,
    NothingChosenError,
    add_to_need,
    chosen,
    make_need,
    suggest,
)
from gelingen.talks.coding import (
    CodingError,
    change_code,
    code,
    finish,
    new_code,
    remove_code,
    resume,
    settle,
)
from gelingen.talks.commands import (
    ClosedTalkError,
    NoStatementError,
    TalkGiven,
    UncoveredError,
    add_statements,
    change_statement,
    change_talk,
    close_talk,
    new_talk,
    remove_statement,
    remove_talk,
    split,
)
from gelingen.talks.comparing import compare, mean_agreement
from gelingen.talks.hints import hint_of, likely_names
from gelingen.talks.labels import UnknownLabelError, read_labels
from gelingen.talks.models import Code, Coding, Statement, Talk
from gelingen.talks.queries import codings_in, get_talk, needs_of, talks

pytestmark = pytest.mark.django_db
DAY = date(2017, 1, 20)
BUS, ROOM = "topic:mobilitaet", "topic:wohnen"


@pytest.fixture
def topics():
    return [
        world.topic(key="mobilitaet", name="Mobilität"),
        world.topic(key="wohnen", name="Wohnen"),
    ]


def officer(name="anna"):
    """Give an officer whose account has this name."""
    person = world.person(role="officer")
    person.username = name
    person.save()
    return person


def account(name):
    return User.objects.get(username=name)


def talk_of(*texts, planned=1, **fields):
    talk = world.talk(key="bm", planned=planned, **fields)
    said = [
        world.statement(talk=talk, key=f"bm|{number}", order=number, text=text)
        for number, text in enumerate(texts or ("Kein Bus", "Keine Wohnung"), 1)
    ]
    return talk, said


def fresh(talk):
    return Talk.objects.get(pk=talk.pk)


# Talks and statements


def test_ein_gespraech_wird_eingetragen_geaendert_abgeschlossen_und_geloescht():
    place = world.territory(key="09473")
    talk = new_talk(
        actor=officer(), tenant=world.tenant(),
        given=TalkGiven("Runde der Gemeinden", DAY, place.key, "Bürgermeister\n\n", "Universität"),
    )  # fmt: skip
    assert (talk.territory, talk.participants, talk.planned) == (place, "Bürgermeister", 1)
    change_talk(actor=officer("b"), talk=talk, given=TalkGiven("Runde", DAY, planned=2))
    assert (fresh(talk).title, fresh(talk).territory, fresh(talk).planned) == ("Runde", None, 2)
    close_talk(actor=officer("c"), talk=talk)
    with pytest.raises(ClosedTalkError, match="ist abgeschlossen"):
        add_statements(actor=officer("d"), talk=talk, text="Kein Bus")
    close_talk(actor=officer("e"), talk=talk, closed=False)
    add_statements(actor=officer("f"), talk=talk, text="Kein Bus")
    remove_talk(actor=officer("g"), talk=fresh(talk))
    assert (Talk.objects.count(), Statement.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", ["reader", "partner", "lead", "head", "volunteers", "auditor"])
def test_nur_wer_fragen_darf_sieht_und_fuehrt_gespraeche(role):
    talk, _ = talk_of()
    reader = world.person(role=role, organisation=world.organisation())
    assert list(talks(reader, talk.tenant)) == []
    with pytest.raises(UnknownRecordError):
        get_talk(reader, talk.tenant, talk.key)
    with pytest.raises(PermissionDenied):
        new_talk(actor=reader, tenant=talk.tenant, given=TalkGiven("x", DAY))
    with pytest.raises(PermissionDenied):
        add_statements(actor=reader, talk=talk, text="x")
    with pytest.raises(PermissionDenied):
        remove_talk(actor=reader, talk=talk)


def test_was_jemand_anders_inzwischen_geaendert_hat_wird_nicht_ueberschrieben():
    talk, (first, _) = talk_of()
    seen = first.version
    change_statement(actor=officer(), statement=first, text="Abends fährt kein Bus")
    with pytest.raises(LostUpdateError):
        change_statement(actor=officer("b"), statement=first, text="Kein Zug", version=seen)
    with pytest.raises(LostUpdateError):
        change_talk(actor=officer("c"), talk=talk, given=TalkGiven("x", DAY), version=99)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kein Bus\nKeine Wohnung", ["Kein Bus", "Keine Wohnung"]),
        ("- Kein Bus\n• Keine Wohnung\n", ["Kein Bus", "Keine Wohnung"]),
        ("Kein Bus,\nabends nicht\n\nKein Rad", ["Kein Bus, abends nicht", "Kein Rad"]),
        ("  \n\n ", []),
    ],
)  # fmt: skip
def test_eingefuegter_text_zerfaellt_nach_leerzeilen_sonst_nach_zeilen(text, said):
    assert split(text) == said


def test_aussagen_kommen_hinter_die_vorhandenen_und_lassen_sich_auf_einmal_zuruecknehmen():
    talk, _ = talk_of()
    person, batch = officer(), new_batch()
    made = add_statements(
        actor=person, talk=talk, text="Drei\nVier", speaker="Landrat", batch=batch
    )
    assert [(one.order, one.speaker) for one in made] == [(3, "Landrat"), (4, "Landrat")]
    take_back(actor=person, tenant=talk.tenant, batch=batch)
    assert talk.statements.count() == 2
    with pytest.raises(NoStatementError, match="mindestens eine"):
        add_statements(actor=person, talk=talk, text=" \n ")
    with pytest.raises(NoStatementError, match="501 Aussagen"):
        add_statements(actor=person, talk=talk, text="\n".join(f"Satz {n}" for n in range(501)))


def test_eine_geloeschte_aussage_gibt_ihre_kennung_nicht_weiter():
    talk, _ = talk_of()
    person = officer()
    (gone,) = add_statements(actor=person, talk=talk, text="Drei")
    key = gone.key
    remove_statement(actor=person, statement=gone)
    (new,) = add_statements(actor=person, talk=talk, text="Etwas anderes")
    assert (new.order, new.key != key) == (3, True)


def test_der_verlauf_nennt_keinen_wortlaut():
    talk, (first, _) = talk_of()
    remove_statement(actor=officer(), statement=first)
    labels = ChangeEvent.objects.filter(subject__startswith="talks.Statement").values_list("label")
    assert {label for (label,) in labels} == {"Aussage 1", "Aussage 2"}
    assert talk.statements.count() == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Frau Muster, Bürgermeisterin", ["Frau Muster"]),
        ("Dr. von Muster", ["Dr. von Muster"]),
        ("Mit Herrn Dr. Muster geht es nicht", ["Herrn Dr. Muster"]),
        ("Leitung: A. Muster", ["A. Muster"]),
        ("post@muster.example", ["post@muster.example"]),
        ("Leitung Jugendamt\nBürgermeister einer Landgemeinde\nFrauenbeauftragte", []),
    ],
)
def test_was_wie_ein_name_aussieht_wird_angemerkt_aber_nicht_verboten(text, found):
    assert likely_names(text) == found
    assert bool(hint_of(text)) == bool(found)


def test_dateien_eines_gespraechs_sieht_nur_wer_fragen_darf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    talk, _ = talk_of()
    with pytest.raises(PermissionDenied):
        attach(
            actor=world.person(role="reader"), to=talk, title="Mitschrift", name="m.txt",
            content=ContentFile(b"x"),
        )  # fmt: skip
    person = officer()
    file = attach(
        actor=person, to=talk, title="Mitschrift", name="m.txt", content=ContentFile(b"x")
    )
    assert attachments_of(person, talk) == [file]
    assert get_attachment(person, talk.tenant, file.key) == file
    with pytest.raises(UnknownRecordError):
        get_attachment(world.person(role="head"), talk.tenant, file.key)
    batch = new_batch()
    remove_talk(actor=person, talk=fresh(talk), batch=batch)
    with pytest.raises(UnknownRecordError):
        get_attachment(person, talk.tenant, file.key)
    take_back(actor=person, tenant=talk.tenant, batch=batch)
    back = get_attachment(person, talk.tenant, file.key)
    with back.file.open() as content:
        assert content.read() == b"x"
    assert Statement.objects.count() == 2


# Coding


@pytest.mark.usefixtures("topics")
def test_eine_aussage_hat_je_person_eine_kodierung_die_sich_aendern_laesst():
    talk, (first, _) = talk_of()
    anna = officer()
    code(actor=anna, statement=first, idents=[BUS])
    code(actor=anna, statement=first, idents=[ROOM])
    assert codings_in(anna, talk).own("anna") == {"bm|1": frozenset({ROOM})}
    assert Coding.objects.count() == 1
    with pytest.raises(UnknownLabelError):
        code(actor=anna, statement=first, idents=["topic:gibt-es-nicht"])
    with pytest.raises(UnknownLabelError):
        code(actor=anna, statement=first, idents=["unsinn"])


@pytest.mark.usefixtures("topics")
def test_niemand_sieht_die_kodierungen_anderer_bevor_alle_fertig_sind():
    talk, (first, second) = talk_of(planned=2)
    anna, bert = officer("anna"), officer("bert")
    for person, idents in ((anna, [BUS]), (bert, [BUS, ROOM])):
        code(actor=person, statement=first, idents=idents)
        code(actor=person, statement=second, idents=[ROOM])
    finish(actor=anna, talk=fresh(talk))
    known = codings_in(bert, fresh(talk))
    assert (known.opened, known.compared, known.counted("bm|1")) == (False, [], frozenset())
    with pytest.raises(CodingError, match="Erst wenn alle fertig"):
        settle(actor=anna, statement=first, idents=[BUS])
    finish(actor=bert, talk=fresh(talk))
    known = codings_in(bert, fresh(talk))
    assert known.opened
    # What both found counts; what only one of two found is open.
    assert known.counted("bm|1") == {BUS}
    assert known.counted("bm|2") == {ROOM}


@pytest.mark.usefixtures("topics")
def test_wer_mehr_als_vorgesehen_begonnen_hat_wird_abgewartet():
    talk, (first, _) = talk_of(planned=2)
    people = [officer(name) for name in ("anna", "bert", "carla")]
    for person in people:
        code(actor=person, statement=first, idents=[BUS])
    for person in people[:2]:
        finish(actor=person, talk=fresh(talk))
    assert not codings_in(people[0], fresh(talk)).opened
    finish(actor=people[2], talk=fresh(talk))
    assert codings_in(people[0], fresh(talk)).opened


@pytest.mark.usefixtures("topics")
def test_wer_gesehen_haben_kann_was_eine_allein_fand_kodiert_nicht_mehr():
    talk, (first, _) = talk_of()
    anna, bert = officer("anna"), officer("bert")
    code(actor=anna, statement=first, idents=[BUS])
    finish(actor=anna, talk=fresh(talk))
    assert codings_in(bert, fresh(talk)).counted("bm|1") == {BUS}
    with pytest.raises(CodingError, match="aufgedeckt"):
        code(actor=bert, statement=first, idents=[ROOM])
    with pytest.raises(UncoveredError, match="wie viele kodiert haben"):
        change_talk(actor=anna, talk=fresh(talk), given=TalkGiven("x", DAY, planned=2))
    # Who has coded alone may go on; that hides it from the others, but they have seen it.
    resume(actor=anna, talk=fresh(talk))
    with pytest.raises(CodingError, match="aufgedeckt"):
        code(actor=bert, statement=first, idents=[ROOM])
    with pytest.raises(UncoveredError):
        change_talk(actor=anna, talk=fresh(talk), given=TalkGiven("x", DAY, planned=2))
    code(actor=anna, statement=first, idents=[ROOM])
    change_talk(actor=anna, talk=fresh(talk), given=TalkGiven("Neuer Titel", DAY))
    finish(actor=anna, talk=fresh(talk))
    assert codings_in(bert, fresh(talk)).counted("bm|1") == {ROOM}


@pytest.mark.usefixtures("topics")
def test_sollen_weniger_kodieren_wird_aufgedeckt_was_fertig_ist_und_bleibt_es():
    talk, (first, _) = talk_of(planned=2)
    anna, bert = officer("anna"), officer("bert")
    code(actor=anna, statement=first, idents=[BUS])
    finish(actor=anna, talk=fresh(talk))
    batch = new_batch()
    change_talk(actor=anna, talk=fresh(talk), given=TalkGiven("x", DAY), batch=batch)
    assert fresh(talk).uncovered == ["anna"]
    with pytest.raises(CodingError, match="aufgedeckt"):
        code(actor=bert, statement=first, idents=[ROOM])
    with pytest.raises(UndoRefusedError, match="nicht wieder verdecken"):
        take_back(actor=anna, tenant=talk.tenant, batch=batch)


def both_done(talk, first):
    """Let two code one statement differently and be done; gives them and what each did last."""
    done = []
    for name, ident in (("anna", BUS), ("bert", ROOM)):
        person = User.objects.filter(username=name).first() or officer(name)
        coded, finished = new_batch(), new_batch()
        code(actor=person, statement=first, idents=[ident], batch=coded)
        finish(actor=person, talk=fresh(talk), batch=finished)
        done.append((person, coded, finished))
    return done


@pytest.mark.usefixtures("topics")
def test_aufgedecktes_laesst_sich_auch_mit_ruecknahme_nicht_mehr_aendern():
    talk, (first, _) = talk_of(planned=2)
    for person, coded, finished in both_done(talk, first):
        with pytest.raises(UndoRefusedError, match="nicht wieder verdecken"):
            take_back(actor=person, tenant=talk.tenant, batch=finished)
        with pytest.raises(UndoRefusedError, match="fertig gemeldet"):
            take_back(actor=person, tenant=talk.tenant, batch=coded)
    assert codings_in(officer("c"), fresh(talk)).opened


@pytest.mark.usefixtures("topics")
def test_vor_dem_aufdecken_laesst_sich_alles_zuruecknehmen():
    talk, (first, _) = talk_of(planned=2)
    anna, coded, finished = officer("anna"), new_batch(), new_batch()
    code(actor=anna, statement=first, idents=[BUS], batch=coded)
    finish(actor=anna, talk=fresh(talk), batch=finished)
    take_back(actor=anna, tenant=talk.tenant, batch=finished)
    again = take_back(actor=anna, tenant=talk.tenant, batch=coded)
    assert not Coding.objects.exists()
    take_back(actor=anna, tenant=talk.tenant, batch=again)
    assert codings_in(anna, fresh(talk)).own("anna") == {"bm|1": {BUS}}


@pytest.mark.usefixtures("topics")
def test_auch_eine_zurueckgenommene_kodierung_kommt_nach_dem_aufdecken_nicht_wieder():
    talk, (first, second) = talk_of(planned=2)
    anna, batch = officer("anna"), new_batch()
    code(actor=anna, statement=second, idents=[BUS], batch=batch)
    again = take_back(actor=anna, tenant=talk.tenant, batch=batch)
    both_done(talk, first)
    with pytest.raises(UndoRefusedError, match="fertig gemeldet"):
        take_back(actor=account("anna"), tenant=talk.tenant, batch=again)


@pytest.mark.usefixtures("topics")
def test_geloeschte_aussagen_und_codes_kommen_auch_nach_dem_aufdecken_zurueck():
    talk, (first, second) = talk_of(planned=2)
    word = new_code(actor=officer("c"), tenant=talk.tenant, label="Netz")
    code(actor=officer("anna"), statement=second, idents=[f"code:{word.key}"])
    both_done(talk, first)
    before = codings_in(account("anna"), fresh(talk)).found
    person, batches = account("c"), [new_batch(), new_batch()]
    remove_code(actor=person, code=Code.objects.get(), batch=batches[0])
    remove_statement(actor=person, statement=Statement.objects.get(pk=first.pk), batch=batches[1])
    for batch in batches:
        take_back(actor=person, tenant=talk.tenant, batch=batch)
    assert codings_in(person, fresh(talk)).found == before


@pytest.mark.usefixtures("topics")
def test_was_in_einem_anderen_fenster_kodiert_wurde_wird_nicht_ueberschrieben():
    talk, (first, _) = talk_of()
    anna = officer()
    code(actor=anna, statement=first, idents=[BUS], seen=0)
    with pytest.raises(LostUpdateError, match="inzwischen anders kodiert"):
        code(actor=anna, statement=first, idents=[ROOM], seen=0)
    code(actor=anna, statement=first, idents=[ROOM], seen=1)
    finish(actor=anna, talk=fresh(talk))
    settle(actor=anna, statement=first, idents=[BUS], seen=0)
    with pytest.raises(LostUpdateError):
        settle(actor=officer("b"), statement=first, idents=[ROOM], seen=0)


@pytest.mark.usefixtures("topics")
def test_wer_fertig_ist_aendert_nichts_mehr_und_kann_vor_dem_vergleich_fortsetzen():
    talk, (first, _) = talk_of(planned=2)
    anna, bert = officer("anna"), officer("bert")
    with pytest.raises(CodingError, match="noch keine Aussage"):
        finish(actor=anna, talk=talk)
    with pytest.raises(CodingError, match="noch nicht fertig"):
        resume(actor=anna, talk=talk)
    code(actor=anna, statement=first, idents=[BUS])
    finish(actor=anna, talk=fresh(talk))
    with pytest.raises(CodingError, match="fertig gemeldet"):
        code(actor=anna, statement=first, idents=[ROOM])
    resume(actor=anna, talk=fresh(talk))
    code(actor=anna, statement=first, idents=[ROOM])
    finish(actor=anna, talk=fresh(talk))
    code(actor=bert, statement=first, idents=[ROOM])
    finish(actor=bert, talk=fresh(talk))
    with pytest.raises(CodingError, match="schon aufgedeckt"):
        resume(actor=anna, talk=fresh(talk))


@pytest.mark.usefixtures("topics")
def test_was_vereinbart_ist_zaehlt_statt_der_mehrheit():
    talk, (first, _) = talk_of(planned=2)
    for name, ident in (("anna", BUS), ("bert", ROOM)):
        code(actor=officer(name), statement=first, idents=[ident])
        finish(actor=account(name), talk=fresh(talk))
    assert codings_in(officer("c"), fresh(talk)).counted("bm|1") == frozenset()
    settle(actor=officer("d"), statement=Statement.objects.get(pk=first.pk), idents=[BUS])
    known = codings_in(officer("e"), fresh(talk))
    assert known.counted("bm|1") == {BUS}
    found = compare(known, read_labels(officer("f"), talk.tenant))
    assert found.open == []


@pytest.mark.usefixtures("topics")
def test_der_vergleich_nennt_die_uneinigen_aussagen_zuerst_und_rechnet_je_merkmal():
    talk, said = talk_of("a", "b", "c", "d", planned=2)
    group = world.target_group(key="frauen")
    found = {
        "anna": [[BUS], [ROOM, f"group:{group.key}"], [BUS], []],
        "bert": [[BUS], [BUS], [BUS, ROOM], []],
    }
    for name, codings in found.items():
        person = officer(name)
        for one, idents in zip(said, codings, strict=True):
            code(actor=person, statement=one, idents=idents)
        finish(actor=person, talk=fresh(talk))
    known = codings_in(officer("c"), fresh(talk))
    compared = compare(known, read_labels(officer("d"), talk.tenant))
    assert compared.open == ["bm|2", "bm|3"]
    assert [one.label for one in compared.lines] == [BUS, ROOM, "group:frauen"]
    assert [str(kind) for kind, _ in compared.kinds] == ["topic", "group"]
    # Mobilität: 1 0 1 0 against 1 1 1 0: of 8 values 5 are 1, one pair differs.
    assert compared.lines[0].alpha == pytest.approx(1 - (2 / 8) / (2 * 5 * 3 / (8 * 7)))
    assert compared.whole == mean_agreement(known)


def test_ein_freies_wort_gibt_es_nur_einmal_und_es_verschwindet_aus_kodierungen():
    talk, (first, _) = talk_of()
    anna = officer()
    bus = new_code(actor=anna, tenant=talk.tenant, label="Bus am Abend")
    assert new_code(actor=anna, tenant=talk.tenant, label="bus am abend ") == bus
    other = new_code(actor=anna, tenant=talk.tenant, label="Fahrrad")
    with pytest.raises(ValidationError, match="gibt es schon"):
        change_code(actor=anna, code=other, label="Bus am Abend")
    code(actor=anna, statement=first, idents=[f"code:{bus.key}"])
    remove_code(actor=anna, code=Code.objects.get(pk=bus.pk))
    assert codings_in(anna, talk).own("anna") == {"bm|1": frozenset()}


# Needs


@pytest.mark.usefixtures("topics")
def test_aus_mehreren_aussagen_wird_ein_bedarf_mit_themenfeld_ort_und_stimmen():
    place = world.territory(key="09473112")
    group = world.target_group(key="frauen")
    talk, said = talk_of("Kein Bus", "Abends kein Bus", "Busse fehlen", territory=place)
    anna = officer()
    for one, speaker in zip(said, ("Bürgermeister A", "bürgermeister a", "Schulamt"), strict=True):
        one.refresh_from_db()
        change_statement(actor=anna, statement=one, text=one.text, speaker=speaker)
        code(actor=anna, statement=one, idents=[BUS, "group:frauen"])
    known = {talk.key: codings_in(anna, talk)}
    picked = chosen(anna, talk.tenant, [one.key for one in said])
    begun = suggest(picked, known, coder="anna")
    assert (begun.topic, begun.target_group, begun.territory) == (
        "mobilitaet", "frauen", "09473112",
    )  # fmt: skip
    batch = new_batch()
    values = {
        "statement": "Abends fahren Busse", "topic": begun.topic,
        "target_group": group.key, "territory": begun.territory,
    }  # fmt: skip
    key = make_need(
        actor=anna, tenant=talk.tenant, said=picked, values=values, group="Gemeinde", batch=batch
    )
    need = Need.objects.get(key=key)
    # Two statements of one function in one talk are one voice.
    assert sorted((one.function, one.group, one.day) for one in voices_of(anna, need)) == [
        ("Bürgermeister A", "Gemeinde", talk.day), ("Schulamt", "Gemeinde", talk.day),
    ]  # fmt: skip
    assert {one.origin for one in voices_of(anna, need)} == {"statement:bm|1", "statement:bm|3"}
    assert needs_of(anna, talk.tenant, talk) == {
        one.key: [(key, "Abends fahren Busse")] for one in said
    }
    take_back(actor=anna, tenant=talk.tenant, batch=batch)
    assert not Need.objects.filter(key=key).exists()
    assert needs_of(anna, talk.tenant, talk) == {}


@pytest.mark.usefixtures("topics")
def test_zu_einem_bedarf_der_da_ist_kommen_nur_stimmen_von_wem_noch_keine_da_ist():
    talk, said = talk_of("Kein Bus", "Abends kein Bus", "Busse fehlen")
    anna = officer()
    for one, speaker in zip(said, ("Bürgermeister A", "bürgermeister a", "Schulamt"), strict=True):
        one.refresh_from_db()
        change_statement(actor=anna, statement=one, text=one.text, speaker=speaker)
    need = world.need(key="bus", statement="Ein Bus am Abend")
    given = {"actor": anna, "tenant": talk.tenant, "need": "bus", "group": "Gemeinde"}
    add_to_need(said=chosen(anna, talk.tenant, ["bm|1"]), **given)
    batch = new_batch()
    every = chosen(anna, talk.tenant, [one.key for one in said])
    assert add_to_need(said=every, batch=batch, **given) == need
    # The second statement is of the same function in the same talk: tied, but no second voice.
    assert [one.origin for one in voices_of(anna, need)] == ["statement:bm|1", "statement:bm|3"]
    assert set(needs_of(anna, talk.tenant, talk)) == {one.key for one in said}
    with pytest.raises(NothingChosenError, match="stehen schon bei diesem Bedarf"):
        add_to_need(said=every, **given)
    take_back(actor=anna, tenant=talk.tenant, batch=batch)
    assert [one.origin for one in voices_of(anna, need)] == ["statement:bm|1"]
    assert set(needs_of(anna, talk.tenant, talk)) == {"bm|1"}


def test_wer_nur_liest_gibt_einem_bedarf_keine_stimmen():
    talk, said = talk_of("Kein Bus")
    world.need(key="bus")
    with pytest.raises(PermissionDenied):
        add_to_need(actor=world.person(role="reader"), tenant=talk.tenant, said=said, need="bus")


@pytest.mark.usefixtures("topics")
def test_fremde_kodierungen_fuellen_nichts_vor_solange_sie_verdeckt_sind():
    talk, (first, _) = talk_of(planned=2)
    code(actor=officer("anna"), statement=first, idents=[BUS])
    said = chosen(officer("bert"), talk.tenant, [first.key])
    known = {talk.key: codings_in(account("bert"), talk)}
    assert suggest(said, known, coder="bert").topic == ""
    assert suggest(said, known, coder="anna").topic == "mobilitaet"


def test_ohne_aussage_oder_mit_zu_vielen_entsteht_kein_bedarf():
    talk, _ = talk_of(*(f"Satz {number}" for number in range(MOST + 1)))
    with pytest.raises(NothingChosenError, match="mindestens eine"):
        chosen(officer(), talk.tenant, [])
    with pytest.raises(NothingChosenError, match=f"höchstens {MOST}"):
        chosen(officer("b"), talk.tenant, [f"bm|{number}" for number in range(1, MOST + 2)])
