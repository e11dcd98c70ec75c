"""Nobody finds out which anonymous answer came by which link, whatever they join."""

import json
import logging
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from tests.surveys.asking import ON, invite, question, survey

from gelingen.surveys import anonymous
from gelingen.surveys.models import AnonymousAnswer, Invitation, WaitingAnswer

pytestmark = pytest.mark.django_db(transaction=True)
GROUPS = ("Kirche", "Schule", "Verein")
EACH = 20
WORDS = "Antwort von"
# Whoever guesses at random within the answers of a day and group hits one of each: 6 in all here.
# More than 20 happens once in a million times.
LUCK = 20


def on_day(settings, day):
    settings.ENV = replace(settings.ENV, day=day)


def send(link, name):
    given = {"umfrage_choice": "eins", "umfrage_text": f"{WORDS} {name}", "_senden": "1"}
    answer = Client().post(f"{link}fragen/", given)
    assert answer.status_code == 302


@pytest.fixture
def invited(settings):
    """Invite sixty in three groups, in the order of their names."""
    cache.clear()
    on_day(settings, ON)
    of = survey(mode="anonymous", threshold=5)
    question(of, "choice", required=True)
    question(of, "text", page=2)
    names = [f"{number:02}" for number in range(EACH * len(GROUPS))]
    links = {
        name: invite(of, name=name, group=GROUPS[int(name) % 3], language="ar")[1] for name in names
    }
    return of, links


def rows(table):
    """Read a table with everything that the database knows of its rows."""
    hidden = "ctid::text, xmin::text::bigint," if connection.vendor == "postgresql" else "rowid,"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {hidden} * FROM "{table}"')  # noqa: S608 - a name of our own table
        names = [one[0] for one in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def everything():
    """Read every table of the database, without what it hides; by table and row."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of our own table
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def said_by(answer):
    """Tell whose an answer is: the tests alone know."""
    values = answer["values"]
    values = json.loads(values) if isinstance(values, str) else values
    return values["umfrage_text"].removeprefix(WORDS).strip()


def orders(found):
    """Give every order in which rows can be put: as they lie, and by each column."""
    yield "as they lie", found
    for column in found[0]:
        if column != "values":
            yield column, sorted(found, key=lambda row: (str(type(row[column])), row[column] or 0))


def hits(links, answers):
    """Match links and answers of the same group by their place; count how many are right."""
    right = 0
    for group in GROUPS:
        own = [one["name"] for one in links if one["group"] == group]
        theirs = [said_by(one) for one in answers if one["group"] == group]
        right += sum(a == b for a, b in zip(own, theirs, strict=True))
    return right


def best_attack(links, answers, arrived):
    """Try every order of links, also the one in which they came, with every order of answers."""
    known = [("as they came", sorted(links, key=lambda one: arrived.index(one["name"])))]
    ways = [*orders(links), *known]
    return max((hits(a, b), f"{how} / {so}") for how, a in ways for so, b in orders(answers))


def all_answer(of, links, settings, *, shuffled):
    """Let all answer on two days, half of them after a reminder; give the order."""
    arrived = list(links)
    if shuffled:
        random.Random(7).shuffle(arrived)  # noqa: S311 - no secret
    for place, name in enumerate(arrived):
        if place == len(arrived) // 2:
            on_day(settings, ON + timedelta(days=1))
            of.invitations.filter(used=False).update(reminded=ON + timedelta(days=1))
        send(links[name], name)
    on_day(settings, of.closes)
    assert anonymous.finish(of, on=of.closes) == 0
    return arrived


@pytest.mark.parametrize("shuffled", [True, False], ids=["any order", "order of invitations"])
def test_no_join_and_no_order_leads_from_links_to_answers(invited, settings, shuffled):
    of, links = invited
    arrived = all_answer(of, links, settings, shuffled=shuffled)
    found = rows("surveys_invitation")
    answers = rows("surveys_anonymousanswer")
    assert len(answers) == len(links)
    number, how = best_attack(found, answers, arrived)
    assert number <= LUCK, how
    # The attack finds everything if answers are written as they come.
    careless = [
        {"place": place, "group": GROUPS[int(name) % 3], "values": {"umfrage_text": name}}
        for place, name in enumerate(arrived)
    ]
    assert best_attack(found, careless, arrived)[0] == len(links)


def test_nothing_in_any_table_changes_but_used_answers_and_counts(invited):
    _, links = invited
    before = everything()
    plain = list(Invitation.objects.order_by("pk").values())
    for name in list(links)[:20]:
        send(links[name], name)
    after = everything()
    changed = {table for table in after if before[table] != after[table]}
    assert changed == {
        "surveys_invitation", "surveys_anonymousanswer", "surveys_waitinganswer",
    }  # fmt: skip
    answers = {"surveys_anonymousanswer", "surveys_waitinganswer"}
    assert [t for t in after if t not in answers and WORDS in "".join(after[t])] == []
    now = Invitation.objects.order_by("pk").values()
    assert [one | {"used": False} for one in now] == plain


def test_no_key_of_an_answer_stands_anywhere_else(invited):
    _, links = invited
    for name in list(links)[:20]:
        send(links[name], name)
    found = everything()
    for model in (AnonymousAnswer, WaitingAnswer):
        for key in model.objects.values_list("pk", flat=True):
            elsewhere = {
                table
                for table, lines in found.items()
                if table != model._meta.db_table
                for line in lines
                if key.hex in line or str(key) in line
            }
            assert elsewhere == set()


def test_of_each_day_group_and_way_there_are_enough_answers(invited, settings):
    of, links = invited
    all_answer(of, links, settings, shuffled=True)
    cells = Counter(AnonymousAnswer.objects.values_list("day", "group", "channel"))
    assert min(cells.values()) >= of.threshold
    assert set(AnonymousAnswer.objects.values_list("language", flat=True)) == {""}


def test_no_row_of_a_link_looks_newer_than_another(invited):
    of, links = invited
    for name in random.Random(3).sample(list(links), 12):  # noqa: S311 - no secret
        send(links[name], name)
    found = rows("surveys_invitation")
    if connection.vendor == "postgresql":
        assert len({one["xmin"] for one in found}) == 1
    assert {one["name"] for one in found} == set(links)
    assert of.invitations.filter(used=True).count() == 12


def test_logs_say_nothing_about_links_answers_and_addresses(invited, caplog):
    _, links = invited
    caplog.set_level(logging.DEBUG)
    name, link = next(iter(links.items()))
    send(link, name)
    Client().post(f"{link}fragen/", {"_senden": "1"}, REMOTE_ADDR="203.0.113.9")
    lines = "\n".join(record.getMessage() for record in caplog.records)
    assert WORDS not in lines
    assert "203.0.113.9" not in lines
