"""Everything people read is German, and names of methods stand under "So wurde gerechnet" alone.

Read is the visible text of every page, and what screen readers and fields say: titles, labels,
alternatives, placeholders. The pages come with every form refused, so errors are read too; the
outbox shows the mails. What people wrote themselves is the example county's.
"""

import re

import lxml.html
import pytest
from django.apps import apps

from gelingen.terms import vocabulary

# Pages are the same on both databases: opened on SQLite only.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SAID = (
    "title", "aria-label", "aria-description", "aria-valuetext", "aria-roledescription",
    "placeholder", "alt", "label", "data-confirm",
)  # fmt: skip
# Nobody reads these as words: programs, commands and keys to type.
UNREAD = "//script | //style | //template | //code | //kbd | //*[@lang and not(@lang='de')]"
REASONED = "//details[summary[normalize-space()='So wurde gerechnet']]"
HEADING = "//*[self::h2 or self::h3][contains(., 'So wurde gerechnet')]"
ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*|\b\w+\.(?:xlsx|csv|html|pdf|docx|txt)\b")

# Papers cite the records behind a statement by kind and key.
CITED = re.compile(r"^\[?[a-z]+:\S+(?:(?:,|;| bis) [a-z]+:\S+)*\]?$")

# English that no German text has. Left out are words that German has too (Team, Job, Link, Filter,
# Code, Status, Browser, all, also, die, fast, hat, man, so, war, was, will, in, an, am, bald).
ENGLISH = re.findall(
    r"\w+",
    """
about above account actions active activate add after again already and another any apply are
ascending attempt authenticate authenticator available back because been before below between
both but cancel cannot change changed choice choices choose clear click close confirm contact
continue could create created current currently dashboard date deactivate default delete deleted
descending details device disable disabled does done download each edit email enable enter entry
error errors expired failed false field fields file files find first for forbidden forgot from has
have hello help here hide hint how incorrect input invalid invalidated item items its key keys
language last less list loading login logged logout missing more most must next none not nothing
null number of once only open optional options or order other our overview page passkey password
permission please previous print profile read recovery remove removed required reset result
results retry save saved search security select selected send sent settings should show sign
signed signin signup skip some submit success successfully than thank that the their them then
there these they this those through toggle too true type unavailable undefined undo unknown
unnamed update updated upload use used user users valid value values verify view warning welcome
were what when where which while who why with without wrong yes you your
january february march may june july october december
monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday ago
""",
)
# "du" is what the German of django-allauth says.
TOO_NEAR = ["du", "dich", "dir", "dein", "deine", "deinem", "deinen", "deiner", "euch", "euer"]
# Names of methods, and of what programs are made of. "Sainte-Laguë" is a name that officers know.
METHODS = re.compile(
    r"max-?\s?flow|maximale[rn]? fluss|max-min|betweenness|zentralität|jaccard|levenshtein|"
    r"\bhypothes[ei]\w*|bootstrap|louvain|pagerank|modularit|kosinus|fuzzy|trigramm|algorithm|"
    r"\bscores?\b|\bcluster|heuristi|greedy|simplex|graphentheor|\bknotengrad|monte.carlo|"
    r"\bn-gramm|\bhash|\bjson\b|\bsql\b|\bregex|\bqueries\b|\bquery\b|\bbatch\b|\bcache\b|"
    r"traceback|\bdjango\b|\bhtmx\b|\bworker\b|\bbackend\b|\bqueryset\b|\bexception\b",
    re.IGNORECASE,
)
# Days and numbers as programs write them.
MACHINE = re.compile(
    r"\b\d{4}-\d\d-\d\d\b|\b\d\d:\d\d:\d\d\b|"
    r"\d\.(?!\d{3}\b)\d+ ?(?:€|Euro|%|Prozent|VZÄ|Stunden|Plätze)|"
    r"\bNaN\b|&(?:amp|lt|gt|quot);|<\w+ \w+=|\{[{%]"
)
# Meant so: who reads no German learns from the mail that the page behind the link has English.
MEANT = "(English: please open the link and choose “English”.)"
# Codes that are words of German, or are typed by people as they stand.
GERMAN_CODES = {"docx", "html", "name", "pdf", "plan", "text", "a", "b"}


def codes():
    """Names of fields and codes of vocabularies: what the programme calls things inside."""
    found = {
        field.name
        for model in apps.get_models()
        if model.__module__.startswith("gelingen.")
        for field in model._meta.get_fields()
    }
    for kind in vars(vocabulary).values():
        if isinstance(kind, type) and issubclass(kind, vocabulary.Vocabulary):
            found |= {one.value for one in kind}
    return found - GERMAN_CODES


def read(html):
    """Give everything that people read on a page, piece by piece; nothing of an English page."""
    tree = lxml.html.document_fromstring(html)
    if tree.get("lang") != "de":
        return []
    for unread in tree.xpath(f"{UNREAD} | {REASONED}"):
        unread.drop_tree()
    for heading in tree.xpath(HEADING):
        for below in list(heading.itersiblings()):
            if below.tag == heading.tag:
                break
            below.drop_tree()
    pieces = [str(text) for text in tree.xpath("//text()")]
    pieces += [str(value) for name in SAID for value in tree.xpath(f"//@{name}")]
    buttons = "//input[@type='submit' or @type='button' or @type='text']/@value"
    pieces += [str(value) for value in tree.xpath(buttons)]
    joined = (" ".join(piece.split()).replace(MEANT, "") for piece in pieces)
    return [ADDRESS.sub(" ", piece) for piece in joined if piece and not CITED.match(piece)]


def wrong(piece, forbidden):
    """What in a piece of text is no German for people."""
    words = re.findall(r"[^\W\d]\w*", piece)
    lower = {word.lower() for word in words}
    found = lower & {*ENGLISH, *TOO_NEAR}
    found |= set(words) & forbidden
    found |= {match[0] for match in METHODS.finditer(piece)}
    return found | {match[0] for match in MACHINE.finditer(piece)}


def remarks(pages):
    """What is wrong on pages: each word with the first page and the text it stands in."""
    forbidden, found, known = codes(), {}, set()
    for page in pages:
        for piece in read(page.html) if page.html else ():
            if piece in known:
                continue
            known.add(piece)
            for word in wrong(piece, forbidden):
                found.setdefault(word, f"{word}: {page.name} {page.url}: {piece[:120]}")
    return sorted(found.values())


def test_alles_was_man_liest_ist_deutsch_und_nennt_kein_verfahren(opened):
    assert remarks(opened) == []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>This field is required.</p>", {"this", "field", "required"}),
        ("<button aria-label='Delete: Kurs'>x</button>", {"delete"}),
        ("<img alt='None'>", {"none"}),
        ("<p>bis 2017-06-01</p>", {"2017-06-01"}),
        ("<td>target_group</td>", {"target_group"}),
        ("<td>steers</td>", {"steers"}),
        ("<p>verteilt nach max-min</p>", {"max-min"}),
        ("<p>Gib dein Passwort ein</p>", {"dein"}),
        ("<input type='text' value='true'>", {"true"}),
        ("<p>Team und Job: alles gut, man war fast da.</p>", set()),
        ("<p>Kennung <code>target_group</code>, https://example.org/the/page</p>", set()),
        ("<details><summary>So wurde gerechnet</summary>max-min</details>", set()),
        ("<h2>3 So wurde gerechnet</h2><p>max-min</p><h2>Danach</h2>", set()),
    ],
)
def test_was_kein_deutsch_ist_faellt_auf(html, words):
    page = f"<!doctype html><html lang='de'><body>{html}</body></html>"
    assert set().union(*(wrong(piece, codes()) for piece in read(page))) == words
