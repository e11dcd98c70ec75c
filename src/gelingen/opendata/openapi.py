"""The description of the interface after OpenAPI 3.1, written from the same declaration."""

from typing import Any

from gelingen.opendata.asking import LAST_EDITION, LAST_PAGE, LONGEST, MOST, USUAL
from gelingen.opendata.columns import Column, Kind, Table
from gelingen.opendata.edition import LICENSE, LICENSE_URL, Open
from gelingen.opendata.interface import RESOURCES, ROOT

_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.HTML: {"type": ["string", "null"]},
    Kind.DAY: {"type": ["string", "null"], "format": "date"},
    Kind.TIME: {"type": ["string", "null"]},
    Kind.WHOLE: {"type": ["integer", "null"]},
    Kind.NUMBER: {"type": ["number", "null"]},
    Kind.FLAG: {"type": ["boolean", "null"]},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
}
_JSON = "application/json"
_ERRORS = {
    "400": "BadQuestion",
    "404": "NotFound",
}


def description(of: Open) -> dict[str, Any]:
    """Describe the interface of one tenant."""
    paths: dict[str, Any] = {"/": {"get": _start()}, "/openapi.json": {"get": _itself()}}
    for name, table in RESOURCES.items():
        paths[f"/{name}/"] = {"get": _list(name, table)}
        paths[f"/{name}/{{key}}/"] = {"get": _single(name, table)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Offene Daten: Integration, {of.publisher}",
            "version": "1",
            "description": (
                "Nur lesen, ohne Anmeldung. Alles stammt aus freigegebenen Ausgaben des Plans. "
                "Was es nicht gibt, heißt null oder ist eine leere Liste; von Zeiträumen ist das "
                "Ende der erste Tag danach."
            ),
            "license": {"name": LICENSE, "url": LICENSE_URL},
        },
        "servers": [{"url": of.address(ROOT).rstrip("/")}],
        "paths": paths,
        "components": {
            "schemas": {**{_name(one): _row(one) for one in RESOURCES.values()}, **_SHARED},
            "responses": _RESPONSES,
        },
    }


def _name(table: Table) -> str:
    return "".join(part.capitalize() for part in table.name.split("_"))


def _row(table: Table) -> dict[str, Any]:
    return {**_object(table.columns), "title": table.title, "description": table.about}


def _object(columns: tuple[Column, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {one.name: _property(one) for one in columns},
        "required": [one.name for one in columns],
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    if column.kind is Kind.ROWS:
        form: dict[str, Any] = {"type": "array", "items": _object(column.parts)}
    else:
        form = dict(_TYPES[column.kind])
    if column.name == "key":
        form = {"type": "string"}
    words = ""
    if column.words:
        words = ": " + ", ".join(f"{code} = {label}" for code, label in column.words.choices())
    return {**form, "description": column.meaning + words}


def _list(name: str, table: Table) -> dict[str, Any]:
    asked = [one for one in table.columns if one.name in table.asked]
    return {
        "operationId": f"list_{name}",
        "summary": table.title,
        "description": table.about,
        "parameters": [*(_filter(one) for one in asked), *_EVERYWHERE, *_EDITION],
        "responses": _answers(
            {"type": "array", "items": _ref(table)}, f"{table.title}, eine Seite der Liste", "List"
        ),
    }


def _single(name: str, table: Table) -> dict[str, Any]:
    key = {
        "name": "key",
        "in": "path",
        "required": True,
        "description": "Kennung des Eintrags",
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST},
    }
    return {
        "operationId": f"get_{name}",
        "summary": f"{table.title}: ein Eintrag",
        "parameters": [key, *_EDITION],
        "responses": _answers(_ref(table), "Der Eintrag", "Single"),
    }


def _start() -> dict[str, Any]:
    return {
        "operationId": "start",
        "summary": "Welche Listen es gibt",
        "responses": {
            "200": _json({"type": "object", "required": ["data", "meta", "links"]}, "Die Listen"),
            "404": {"$ref": "#/components/responses/NotFound"},
        },
    }


def _itself() -> dict[str, Any]:
    return {
        "operationId": "description",
        "summary": "Diese Beschreibung",
        "responses": {
            "200": _json({"type": "object", "required": ["openapi"]}, "OpenAPI 3.1"),
            "404": {"$ref": "#/components/responses/NotFound"},
        },
    }


def _answers(data: dict[str, Any], said: str, kind: str) -> dict[str, Any]:
    form = {
        "type": "object",
        "properties": {
            "data": data,
            "meta": {"$ref": f"#/components/schemas/{kind}Meta"},
            "links": {"$ref": "#/components/schemas/Links"},
        },
        "required": ["data", "meta", "links"],
        "additionalProperties": False,
    }
    errors = {code: {"$ref": f"#/components/responses/{one}"} for code, one in _ERRORS.items()}
    return {
        "200": _json(form, said),
        "304": {"description": "Unverändert seit dem ETag, den If-None-Match nennt"},
        **errors,
    }


def _json(form: dict[str, Any], said: str) -> dict[str, Any]:
    return {"description": said, "content": {_JSON: {"schema": form}}}


def _ref(table: Table) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{_name(table)}"}


def _filter(column: Column) -> dict[str, Any]:
    return _parameter(
        column.name,
        f"Nur Einträge, bei denen „{column.meaning}“ genau so lautet",
        {"type": "string", "minLength": 1, "maxLength": LONGEST},
    )


def _parameter(name: str, said: str, form: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": said, "schema": form}


def _whole(most: int, usual: int | None = None) -> dict[str, Any]:
    form = {"type": "integer", "minimum": 1, "maximum": most}
    return form if usual is None else {**form, "default": usual}


_EVERYWHERE = (
    _parameter(
        "q",
        "Nur Einträge, in deren Texten das steht; Groß- und Kleinschreibung gelten gleich",
        {"type": "string", "minLength": 1, "maxLength": LONGEST},
    ),
    _parameter("page", "Seite", _whole(LAST_PAGE, 1)),
    _parameter("size", "Einträge auf einer Seite", _whole(MOST, USUAL)),
)
_EDITION = (_parameter("edition", "Ausgabe; ohne Angabe die neueste", _whole(LAST_EDITION)),)
_META = {
    "edition": {"type": "integer", "description": "Nummer der Ausgabe"},
    "day": {"type": "string", "format": "date", "description": "Stand der Angaben"},
    "publisher": {"type": "string"},
    "license": {"type": "string", "format": "uri"},
    "attribution": {"type": "string", "description": "Namensnennung, wie die Lizenz sie verlangt"},
}
_COUNTS = {
    name: {"type": "integer", "description": said}
    for name, said in (
        ("total", "Einträge, die zur Frage passen"),
        ("page", "Diese Seite"),
        ("size", "Einträge auf einer Seite"),
        ("pages", "Seiten"),
    )
}


def _closed(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


_SHARED: dict[str, Any] = {
    "SingleMeta": _closed(_META, list(_META)),
    "ListMeta": _closed({**_META, **_COUNTS}, [*_META, *_COUNTS]),
    "Links": {
        "type": "object",
        "properties": {
            name: {"type": "string", "format": "uri"} for name in ("self", "next", "prev")
        },
        "required": ["self"],
        "additionalProperties": False,
    },
    "Error": _closed(
        {
            "error": _closed(
                {
                    "code": {"type": "string", "description": "Bleibt gleich"},
                    "message": {"type": "string", "description": "Ein deutscher Satz"},
                    "parameter": {"type": "string", "description": "Um welche Angabe es geht"},
                },
                ["code", "message", "parameter"],
            )
        },
        ["error"],
    ),
}
_RESPONSES = {
    name: _json({"$ref": "#/components/schemas/Error"}, said)
    for name, said in (
        ("BadQuestion", "Eine Angabe ist unbekannt oder so nicht möglich"),
        ("NotFound", "Das gibt es nicht, oder es ist nichts freigegeben"),
    )
}
