"""The shelf: papers of a tenant as files in the installation's folder."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils.text import slugify

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.documents import Document, Format, write_each
from gelingen.errors import NotFoundError
from gelingen.places.queries import municipalities
from gelingen.reports.masterplan import masterplan
from gelingen.reports.municipality import extract
from gelingen.surveys.queries import published_titles
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import PaperFormat, ShelfFormat

_NAME = re.compile(
    r"(masterplan|auszug-(?P<place>\d+)|umfrage-(?P<survey>[a-z0-9-]+))"
    r"-(?P<day>\d{4}-\d{2}-\d{2})\.(?P<format>pdf|docx|html|xlsx)"
)


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """A paper on the shelf.

    Attributes:
        name: name of the file.
        title: what people read.
        day: the day the paper speaks about.
        format: pdf, docx, html or xlsx.
        size: bytes.

    """

    name: str
    title: str
    day: date
    format: ShelfFormat
    size: int


def folder_of(tenant: Tenant) -> Path:
    """Name the folder in which the papers of a tenant lie."""
    return Path(settings.HOME) / "dokumente" / tenant.pk


def write_masterplan(  # noqa: PLR0913  what is written, about when, and where to
    actor: Actor,
    tenant: Tenant,
    *,
    on: date,
    horizon: date,
    formats: tuple[PaperFormat, ...] = tuple(PaperFormat),
    folder: Path | None = None,
) -> list[Path]:
    """Write the Masterplan of a tenant as files.

    Args:
        actor: who asks; records that this person may not see are left out.
        tenant: whose plan.
        on: the day the plan speaks about.
        horizon: first day after the planning horizon.
        formats: the formats to write.
        folder: where to; without it the shelf of the tenant.

    Raises:
        PermissionDenied: the actor may not change the plan of this tenant.

    """
    require(actor, May.EDIT_PLAN, tenant)
    document = masterplan(actor, tenant, on=on, horizon=horizon)
    return _put(document, folder or folder_of(tenant), f"masterplan-{on}", formats)


def write_extracts(  # noqa: PLR0913  what is written, about when, and where to
    actor: Actor,
    tenant: Tenant,
    *,
    on: date,
    horizon: date,
    formats: tuple[PaperFormat, ...] = (PaperFormat.PDF,),
    folder: Path | None = None,
) -> list[Path]:  # fmt: skip
    """Write the two-page extract for each municipality of a tenant; see `write_masterplan`."""
    require(actor, May.EDIT_PLAN, tenant)
    target = folder or folder_of(tenant)
    return [
        path
        for key in municipalities(actor, tenant).values_list("key", flat=True)
        for path in _put(
            extract(actor, tenant, key, on=on, horizon=horizon), target, f"auszug-{key}-{on}",
            formats,
        )
    ]  # fmt: skip


def _put(
    document: Document, folder: Path, stem: str, formats: tuple[PaperFormat, ...]
) -> list[Path]:
    written = write_each(document, [cast("Format", kind.value) for kind in formats])
    return put_files({str(kind): content for kind, content in written.items()}, folder, stem)


def put_files(written: Mapping[str, bytes], folder: Path, stem: str) -> list[Path]:
    """Put files into place when all are there, so that no reader meets half a file.

    Args:
        written: contents by format.
        folder: where to.
        stem: name of all of them.

    """
    folder.mkdir(parents=True, exist_ok=True)
    drafts = []
    for kind, content in written.items():
        path = folder / f"{stem}.{kind}"
        draft = path.with_suffix(f".{kind}.neu")
        draft.write_bytes(content)
        drafts.append((draft, path))
    for draft, path in drafts:
        draft.replace(path)
    return [path for _, path in drafts]


def survey_stem(key: str, on: date) -> str:
    """Name the files of the report on a survey."""
    return f"umfrage-{slugify(key) or 'ohne-kennung'}-{on}"


def documents(actor: Actor, tenant: Tenant) -> list[ShelfEntry]:
    """List the papers of a tenant, the newest day first, then by title and format.

    Raises:
        PermissionDenied: the actor may not see this tenant.

    """
    require(actor, May.VIEW, tenant)
    names = dict(municipalities(actor, tenant).values_list("key", "name"))
    paths = [path for path in folder_of(tenant).glob("*") if _NAME.fullmatch(path.name)]
    if any(path.name.startswith("umfrage-") for path in paths):
        names |= {slugify(key): title for key, title in published_titles(tenant).items()}
    entries = [_entry(path, names) for path in paths]
    return sorted(entries, key=lambda entry: (-entry.day.toordinal(), entry.title, entry.format))


def _entry(path: Path, names: dict[str, str]) -> ShelfEntry:
    found = _NAME.fullmatch(path.name)
    assert found  # noqa: S101  only such names are passed in
    place, on = found["place"], date.fromisoformat(found["day"])
    what = f"Auszug für {names.get(place, place)}" if place else "Masterplan"
    if survey := found["survey"]:
        what = f"Umfrage „{names.get(survey, survey)}“, Ergebnisse"
    return ShelfEntry(
        name=path.name,
        title=f"{what}, Stand {day(on)}",
        day=on,
        format=ShelfFormat.of(found["format"]),
        size=path.stat().st_size,
    )


def open_document(actor: Actor, tenant: Tenant, name: str) -> Path:
    """Find a paper on the shelf by its file name.

    Raises:
        PermissionDenied: the actor may not see this tenant.
        NotFoundError: there is no such paper.

    """
    if name not in {entry.name for entry in documents(actor, tenant)}:
        raise NotFoundError("Dieses Dokument gibt es nicht (mehr).")
    return folder_of(tenant) / name
