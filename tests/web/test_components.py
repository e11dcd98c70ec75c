"""The building blocks: what they draw, and that hostile text stays text."""

import re
import time
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from gelingen.terms.vocabulary import FundingState, GapType, Light
from gelingen.web import urls
from gelingen.web.lists import Cell, Column, Listing, Order, chosen_order, chosen_page, in_order
from gelingen.web.states import FAMILIES, STATES, look
from gelingen.web.templatetags.grids import Matrix, MatrixCell

HOSTILE = "<script>x</script>"
COLUMNS = [Column("Struktur", order="name"), Column("VZÄ", order="vzae", number=True)]


def draw(source, query="", **values):
    request = RequestFactory().get("/intern/09473/bestand/", query)
    template = Template("{% load kern grids %}" + source)
    return template.render(Context({"request": request, **values}))


# Lists


def test_a_list_names_its_values_for_cards():
    html = draw("{% listing of %}", of=Listing("Zwei", COLUMNS, [("Sprachcafé", "0,5")]))
    assert '<th scope="row">Sprachcafé</th>' in html
    assert '<td data-k="VZÄ" class="g-zahl">0,5</td>' in html


def test_a_cell_can_be_a_link_with_a_state_and_a_second_line():
    cell = Cell("beantragt", url="/x/?a=1&b=2", state="applied", below="bis 30.06.2018")
    html = draw("{% listing of %}", of=Listing("", COLUMNS, [(cell, "–")]))
    assert (
        '<a href="/x/?a=1&amp;b=2"><span class="g-z g-z--beantragt">beantragt</span></a>'
        '<span class="g-unter">bis 30.06.2018</span>'
    ) in html


def test_hostile_text_in_a_list_stays_text():
    cell = Cell(HOSTILE, url=f'"{HOSTILE}', below=HOSTILE)
    columns = [Column(HOSTILE, order="name", meaning=f'"{HOSTILE}'), Column(f'"{HOSTILE}')]
    html = draw("{% listing of %}", of=Listing(HOSTILE, columns, [(cell, HOSTILE)]))
    assert "<script" not in html


def test_heads_sort_and_turn_the_order_and_keep_the_filter():
    html = draw(
        "{% listing of order=order %}",
        {"thema": "sprache", "seite": "3"},
        of=Listing("", COLUMNS, []),
        order=Order("name"),
    )
    heads = re.findall(r'<th scope="col"([^>]*)><a href="([^"]*)">', html)
    assert heads == [
        (' aria-sort="ascending"', "?thema=sprache&amp;ordnung=-name"),
        (' class="g-zahl"', "?thema=sprache&amp;ordnung=vzae"),
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("", "-vzae"), ("name", "name"), ("-name", "-name"), ("gibtsnicht", "-vzae"), ("-", "-vzae")],
)
def test_the_address_chooses_the_order(asked, expected):
    request = RequestFactory().get("/", {"ordnung": asked})
    assert str(chosen_order(request, COLUMNS, default="-vzae")) == expected


def test_equal_items_keep_their_order():
    items = [("b", 1), ("a", 1), ("c", 0)]
    assert in_order(items, Order("n"), {"n": lambda item: item[1]}) == [
        ("c", 0),
        ("b", 1),
        ("a", 1),
    ]


@pytest.mark.parametrize(("asked", "number"), [("2", 2), ("0", 3), ("99", 3), ("x", 1)])
def test_a_page_that_does_not_exist_becomes_one_that_does(asked, number):
    request = RequestFactory().get("/", {"seite": asked})
    assert chosen_page(request, range(25), size=10).number == number


def test_leafing_keeps_the_filter():
    html = draw(
        '{% pagination page one="Struktur" many="Strukturen" %}',
        {"thema": "sprache"},
        page=Paginator(range(25), 10).page(2),
    )
    assert "11 bis 20 von 25 Strukturen" in html
    assert 'href="?thema=sprache&amp;seite=3" rel="next"' in html
    assert 'href="?thema=sprache&amp;seite=2" aria-current="page"' in html


def test_one_page_says_how_many_and_offers_no_leafing():
    html = draw(
        '{% pagination page one="Struktur" many="Strukturen" %}',
        page=Paginator(range(5), 10).page(1),
    )
    assert "5 Strukturen" in html
    assert "<a" not in html


def test_four_hundred_rows_are_drawn_in_a_moment():
    columns = [Column(str(number)) for number in range(8)]
    rows = [(Cell("Name", url="/x/"), *[Cell("gesichert", state="secured")] * 7)] * 400
    begin = time.process_time()
    draw("{% listing of %}", of=Listing("", columns, rows))
    assert time.process_time() - begin < 0.1


# States


def test_every_state_has_its_own_word_and_its_own_shape():
    assert len({state.word for state in STATES.values()}) == len(STATES)
    assert len({state.shape for state in STATES.values()}) == len(STATES)
    assert sum(len(family) for family in FAMILIES.values()) == len(STATES)


@pytest.mark.parametrize(
    "member", [*FundingState, *GapType, *Light], ids=lambda m: f"{type(m).__name__}-{m}"
)
def test_every_word_of_the_vocabulary_has_a_look(member):
    assert look(member).word


@pytest.mark.parametrize("state", [look(name) for name in STATES], ids=lambda s: s.shape)
def test_every_shape_is_drawn(state):
    sheet = Path(urls.__file__).parent / "static/gelingen/states.css"
    assert f".g-z--{state.shape}{{" in sheet.read_text()


def test_a_state_says_its_word_or_more():
    assert draw('{% state "gap" %}') == '<span class="g-z g-z--luecke">Lücke</span>'
    assert ">bestätigt 02/23<" in draw('{% state "confirmed" text="bestätigt 02/23" %}')


# Matrix


def test_a_cell_that_stays_is_one_and_one_that_changes_is_two():
    cells = [MatrixCell("covered", "covered"), MatrixCell("covered", "gap", url="/z/")]
    of = Matrix("Bedarf", "Thema", ["Kinder", "Frauen"], [("Sprache", cells)])
    html = draw("{% matrix of %}", of=of)
    assert html.count("g-band--ganz") == 1
    assert html.count("bleibt") == 1
    assert re.sub("<[^>]+>", "", html.split('href="/z/"')[1]).startswith(
        ">Frauen, heute gedecktam Horizont Lücke"
    )


def test_hostile_text_in_a_matrix_stays_text():
    cells = [MatrixCell("gap", "gap", url=f'"{HOSTILE}')]
    of = Matrix(HOSTILE, HOSTILE, [HOSTILE], [(HOSTILE, cells)])
    assert "<script" not in draw("{% matrix of %}", of=of)


# Forms


class TryForm(forms.Form):
    name = forms.CharField(label="Name", help_text="Wie vor Ort.")
    level = forms.ChoiceField(label="Ebene", widget=forms.RadioSelect, choices=[("a", "Kreis")])
    public = forms.BooleanField(label="Öffentlich", required=False)


def test_fields_have_label_hint_and_error_tied_to_them():
    html = str(TryForm({"name": ""}))
    assert '<label for="id_name">Name</label>' in html
    described = re.search(r'<input type="text"[^>]*aria-describedby="([^"]*)"', html).group(1)
    ids = set(re.findall(r'\sid="([^"]*)"', html))
    assert set(described.split()) <= ids
    assert described == "id_name_helptext id_name_error"
    assert re.search(r'<input type="text"[^>]*aria-invalid="true"', html)


def test_choices_are_a_group_with_a_name():
    html = str(TryForm())
    assert re.search(r"<fieldset[^>]*>\s*<legend>Ebene</legend>", html)


def test_a_refused_form_lists_what_to_mend_with_links_first():
    html = str(TryForm({}))
    assert html.index('role="alert"') < html.index("<label")
    assert '<a href="#id_name">Name</a>' in html


def test_filters_are_a_form_that_works_without_script():
    html = draw('{% filters form target="#liste" %}', form=TryForm())
    assert '<form class="g-werkzeug" method="get" action="/intern/09473/bestand/"' in html
    assert 'data-hx-target="#liste"' in html


# All the others


@pytest.mark.parametrize(
    "source",
    [
        '{% alert title="x" tone="schlimm" %}{% endalert %}',
        '{% alert titel="x" %}{% endalert %}',
        "{% pagehead %}{% endpagehead %}",
        '{% button "x" sort="primary" %}',
        '{% state "gibtsnicht" %}',
    ],
)
def test_a_misspelt_argument_does_not_go_unseen(source):
    with pytest.raises((TemplateSyntaxError, KeyError)):
        draw(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% pagehead x answer=x %}{% endpagehead %}",
        "{% breadcrumb x x here=x %}",
        "{% button x about=x name=x value=x url=x %}",
        "{% state 'gap' text=x %}",
        "{% alert title=x %}{{ x }}{% endalert %}",
        "{% box title=x %}{{ x }}{% endbox %}",
        "{% empty title=x %}{{ x }}{% endempty %}",
        "{% facts pairs %}",
        "{% picture svg='' caption=x %}{% endpicture %}",
        "{% drawer title=x close=x kicker=x %}{{ x }}{% enddrawer %}",
    ],
)
def test_hostile_text_stays_text(source):
    assert "<script" not in draw(source, x=f'">{HOSTILE}', pairs=[(HOSTILE, HOSTILE)])


def test_only_alerts_that_cannot_wait_are_announced():
    assert 'role="alert"' in draw('{% alert title="x" tone="missing" %}{% endalert %}')
    assert "role" not in draw('{% alert title="x" tone="caution" %}{% endalert %}')


def test_several_equal_buttons_are_told_apart_by_ear():
    html = draw('{% button "Ansehen" about=": Ersatzcodes" %}')
    assert 'aria-label="Ansehen: Ersatzcodes"' in html


def test_completeness_is_said_in_words_too():
    html = draw("{% completeness 4 of=6 %}")
    assert html.count('class="ja"') == 4
    assert "4 von 6" in html


# What became of a record


@pytest.mark.parametrize(("number", "folded"), [(1, ""), (12, ""), (13, "1"), (43, "31")])
def test_ein_langer_verlauf_zeigt_das_neueste_und_klappt_den_rest_zu(number, folded):
    events = [{"what": f"Schritt {one}", "by": "anna"} for one in range(number)]
    html = draw('{% include "records/history.html" %}', history=events)
    assert html.count("<li>") == number
    assert re.findall(r"<summary>(\d+) ältere zeigen", html) == ([folded] if folded else [])
