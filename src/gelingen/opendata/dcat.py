"""The catalogue of open data after DCAT-AP.de 2.0, as JSON-LD: one dataset a table, two files each.

Addresses of licences, contributors, formats and themes are those of the lists that the profile and
its conventions (K12, K31, K32) prescribe.
"""

from collections.abc import Mapping
from typing import Any

from gelingen.opendata.columns import TABLES, Table
from gelingen.opendata.edition import Open

MEDIA_TYPE = "application/ld+json; charset=utf-8"
_LISTS = "http://publications.europa.eu/resource/authority/"
_DCAT_DE = "http://dcat-ap.de/def/"
LICENSE = f"{_DCAT_DE}licenses/dl-by-de/2.0"
# Who hands data of a state on to the federal catalogue, by the first two digits of official keys
# (list of 2022-05-02); where no state does, the federal catalogue itself.
_CONTRIBUTORS = {
    "01": "schleswigHolstein",
    "02": "transparenzportalHamburg",
    "04": "transparenzportalBremen",
    "05": "openNRW",
    "07": "openGovernmentDataPortalRheinlandPfalz",
    "08": "openBW",
    "09": "openDataBayern",
    "11": "berlinOpenData",
    "12": "landBrandenburg",
    "13": "mecklenburgVorpommern",
}
_FORMATS = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
}
_KEYWORDS = ("Integration", "Migration", "Masterplan", "Teilhabe")
_COUNTY = 5  # digits of the official key of a county or a town that is none of a county
CONTEXT: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def contributor(key: str) -> str:
    """Give the address of who hands the data on, by the official key of the tenant."""
    return f"{_DCAT_DE}contributors/{_CONTRIBUTORS.get(key[:2], 'govData')}"


def catalogue(of: Open) -> dict[str, Any]:
    """Write the catalogue of an edition: tables without rows are no datasets."""
    tables = [one for one in TABLES.values() if of.rows(one)]
    datasets = [_dataset(of, one) for one in tables]
    service = _service(of, datasets)
    about = {
        "@id": of.address("dcat.jsonld#katalog"),
        "@type": "dcat:Catalog",
        "dct:title": _german(f"Offene Daten: Integration, {of.publisher}"),
        "dct:description": _german(
            f"Daten des Plans „{of.title}“ in der {of.number}. Ausgabe: Ziele, Maßnahmen, "
            "Kennzahlen und der Weg dahin."
        ),
        "dct:publisher": _publisher(of),
        "dct:license": _link(LICENSE),
        "dct:language": _link(f"{_LISTS}language/DEU"),
        "dct:issued": _day(of.released),
        "dct:modified": _day(of.released),
        "foaf:homepage": _link(of.root),
        "dcat:themeTaxonomy": _link(f"{_LISTS}data-theme"),
        "dcat:dataset": [_link(one["@id"]) for one in datasets],
        "dcat:service": _link(service["@id"]),
        **_where(of),
    }
    files = [file for one in tables for file in _distributions(of, one)]
    graph = [about, *datasets, *files, service]
    return {"@context": CONTEXT, "@graph": graph}


def _dataset(of: Open, table: Table) -> dict[str, Any]:
    return {
        "@id": of.address(f"dcat.jsonld#{table.name}"),
        "@type": "dcat:Dataset",
        "dct:title": _german(f"{table.title}, {of.publisher}"),
        "dct:description": _german(
            f"{table.about}. Aus „{of.title}“, {of.number}. Ausgabe, Stand {of.on:%d.%m.%Y}."
        ),
        "dct:identifier": of.address(f"dcat.jsonld#{table.name}"),
        "dct:publisher": _publisher(of),
        "dcatde:contributorID": _link(contributor(of.key)),
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": of.publisher,
            "vcard:hasURL": _link(of.address("rueckmeldung/")),
        },
        "dcat:theme": [_link(f"{_LISTS}data-theme/{one}") for one in ("SOCI", "GOVE")],
        "dcat:keyword": [_german(one) for one in (*_KEYWORDS, table.title)],
        "dcat:landingPage": _link(of.address("daten/")),
        "dct:language": _link(f"{_LISTS}language/DEU"),
        "dct:accessRights": _link(f"{_LISTS}access-right/PUBLIC"),
        "dct:issued": _day(of.released),
        "dct:modified": _day(of.released),
        "dcat:distribution": [_link(one["@id"]) for one in _distributions(of, table)],
        **_where(of),
    }


def _distributions(of: Open, table: Table) -> list[dict[str, Any]]:
    return [
        {
            "@id": of.address(f"dcat.jsonld#{table.name}-{ending}"),
            "@type": "dcat:Distribution",
            "dct:title": _german(f"{table.title} als {name}"),
            "dcat:accessURL": _link(of.address(f"daten/{table.name}.{ending}")),
            "dcat:downloadURL": _link(of.address(f"daten/{table.name}.{ending}")),
            "dct:license": _link(LICENSE),
            "dcatde:licenseAttributionByText": _german(of.attribution),
            "dct:format": _link(f"{_LISTS}file-type/{name}"),
            "dcat:mediaType": _link(f"https://www.iana.org/assignments/media-types/{media}"),
            "dct:issued": _day(of.released),
            "dct:modified": _day(of.released),
        }
        for ending, (name, media) in _FORMATS.items()
    ]


def _service(of: Open, datasets: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@id": of.address("dcat.jsonld#schnittstelle"),
        "@type": "dcat:DataService",
        "dct:title": _german(f"Schnittstelle für Programme, {of.publisher}"),
        "dcat:endpointURL": _link(of.address("api/v1/")),
        "dcat:endpointDescription": _link(of.address("api/v1/openapi.json")),
        "dcat:servesDataset": [_link(one["@id"]) for one in datasets],
        "dct:license": _link(LICENSE),
        "dct:publisher": _publisher(of),
    }


def _publisher(of: Open) -> dict[str, Any]:
    return {
        "@id": of.address("dcat.jsonld#herausgeber"),
        "@type": "foaf:Organization",
        "foaf:name": of.publisher,
    }


def _where(of: Open) -> dict[str, Any]:
    if len(of.key) != _COUNTY:
        return {}
    place = f"{_DCAT_DE}politicalGeocoding/districtKey/{of.key}"
    level = f"{_DCAT_DE}politicalGeocoding/Level/administrativeDistrict"
    return {
        "dct:spatial": _link(place),
        "dcatde:politicalGeocodingURI": _link(place),
        "dcatde:politicalGeocodingLevelURI": _link(level),
    }


def _german(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "de"}


def _link(address: str) -> dict[str, str]:
    return {"@id": address}


def _day(value: object) -> dict[str, str]:
    return {"@value": str(value), "@type": "xsd:date"}
