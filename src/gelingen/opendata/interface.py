"""What the interface answers: lists in pages, single rows, the editions, the news. Reading only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from gelingen.errors import NotFoundError
from gelingen.opendata.asking import USUAL, Asked
from gelingen.opendata.columns import TABLES, Column, Kind, Table
from gelingen.opendata.edition import LICENSE_URL, Open

# Tables that are not frozen with an edition, declared as those that are.
EDITIONS = Table(
    "editions",
    "Ausgaben",
    "Je Zeile eine freigegebene Ausgabe des Plans, die neueste zuerst",
    (
        Column("key", "Nummer der Ausgabe als Kennung"),
        Column("number", "Nummer", Kind.WHOLE),
        Column("title", "Titel"),
        Column("on", "Tag, für den die Angaben gelten", Kind.DAY),
        Column("released_on", "Tag der Freigabe", Kind.DAY),
        Column("resolution", "Beschluss"),
        Column("previous", "Nummer der vorigen Ausgabe", Kind.WHOLE),
    ),
)
NEWS = Table(
    "news",
    "Nachrichten",
    "Je Zeile eine veröffentlichte Nachricht, die neueste zuerst",
    (
        Column("key", "Kennung; ändert sich nie"),
        Column("title", "Überschrift"),
        Column("day", "Tag", Kind.DAY),
        Column("html", "Text", Kind.HTML),
    ),
)
# What the interface answers, in the order of its first page.
RESOURCES: Mapping[str, Table] = {
    "editions": EDITIONS,
    **{
        name: TABLES[name]
        for name in (
            "topics", "guiding_goals", "goals", "measures", "chances", "phases", "meetings",
            "indicators", "sources",
        )
    },
    "news": NEWS,
}  # fmt: skip
ROOT = "api/v1/"


class UnknownResourceError(NotFoundError):
    """There is no such list, or no such row in it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where answers come from.

    Attributes:
        of: the edition.
        editions: rows of `EDITIONS`.
        news: rows of `NEWS`.

    """

    of: Open
    editions: Sequence[Mapping[str, Any]]
    news: Sequence[Mapping[str, Any]]

    def rows(self, resource: str) -> list[dict[str, Any]]:
        """Give all rows of a list."""
        if resource == "editions":
            return [dict(one) for one in self.editions]
        if resource == "news":
            return [dict(one) for one in self.news]
        return self.of.rows(RESOURCES[resource])


def start(source: Source) -> dict[str, Any]:
    """Answer where a program begins to read."""
    return {
        "data": [
            {"name": name, "title": table.title, "about": table.about, "url": _at(source, name)}
            for name, table in RESOURCES.items()
        ],
        "meta": _meta(source.of),
        "links": {
            "self": source.of.address(ROOT),
            "description": source.of.address(f"{ROOT}openapi.json"),
            "catalogue": source.of.address("dcat.jsonld"),
        },
    }


def listed(source: Source, resource: str, asked: Asked) -> dict[str, Any]:
    """Answer a page of a list: what fits the question, in the order of the list."""
    table = RESOURCES[resource]
    found = [one for one in source.rows(resource) if _fits(one, table, asked)]
    begin = (asked.page - 1) * asked.size
    pages = max(1, -(-len(found) // asked.size))
    links = {"self": _page(source, resource, asked, asked.page)}
    if asked.page > 1:
        links["prev"] = _page(source, resource, asked, min(asked.page - 1, pages))
    if asked.page < pages:
        links["next"] = _page(source, resource, asked, asked.page + 1)
    meta = {"total": len(found), "page": asked.page, "size": asked.size, "pages": pages}
    return {
        "data": found[begin : begin + asked.size],
        "meta": {**_meta(source.of), **meta},
        "links": links,
    }


def single(source: Source, resource: str, key: str) -> dict[str, Any]:
    """Answer one row.

    Raises:
        UnknownResourceError: the list has no row of this key.

    """
    row = next((one for one in source.rows(resource) if str(one["key"]) == key), None)
    if row is None:
        raise UnknownResourceError("Diesen Eintrag gibt es in dieser Ausgabe nicht.")
    place = f"{_at(source, resource)}{quote(key, safe='')}/"
    return {"data": row, "meta": _meta(source.of), "links": {"self": place}}


def _meta(of: Open) -> dict[str, Any]:
    return {
        "edition": of.number,
        "day": of.on.isoformat(),
        "publisher": of.publisher,
        "license": LICENSE_URL,
        "attribution": of.attribution,
    }


def _fits(row: Mapping[str, Any], table: Table, asked: Asked) -> bool:
    for name, wanted in asked.filters.items():
        value = row.get(name)
        if wanted not in (map(str, value) if isinstance(value, list) else (str(value),)):
            return False
    wanted = asked.text.casefold()
    texts = (row[one.name] for one in table.columns if one.kind in {Kind.TEXT, Kind.TEXTS})
    return not wanted or any(wanted in _words(one) for one in texts)


def _words(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value)).casefold()
    return str(value or "").casefold()


def _at(source: Source, resource: str) -> str:
    return source.of.address(f"{ROOT}{resource}/")


def _page(source: Source, resource: str, asked: Asked, page: int) -> str:
    told: dict[str, object] = dict(asked.filters)
    if asked.text:
        told["q"] = asked.text
    if asked.edition:
        told["edition"] = asked.edition
    if asked.size != USUAL:
        told["size"] = asked.size
    if page != 1:
        told["page"] = page
    behind = f"?{urlencode(told)}" if told else ""
    return _at(source, resource) + behind
