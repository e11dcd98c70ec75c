"""Change a record or a part of it: a row of the outline, a section of a sheet, a text."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.http import HttpResponse, QueryDict

from gelingen.access.record import Record
from gelingen.desk.drafts import drop_draft, find_draft
from gelingen.editing import (
    get_record,
    may_change,
    merge,
    offers,
    row_at,
    row_of,
    save_record,
    sheet_of,
    texts_of,
)
from gelingen.errors import UserError
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.web.editing.forms import STAND, RecordForm
from gelingen.web.editing.versions import chosen, hidden, pairs
from gelingen.web.pages import StaffRequest, page
from gelingen.workbook.declare import Kind, Sheet

if TYPE_CHECKING:
    from gelingen.desk.models import Draft


class Part:
    """Fields of one record in a form, for the request that shows or sends them.

    Attributes:
        sheet: the declaration of these fields.
        thing: the record.
        form: the form, with what was sent, or else with what is stored or kept as draft.
        draft: what the person typed before and did not save.
        stale: whether somebody else changed the record since the form was shown.

    """

    def __init__(
        self,
        request: StaffRequest,
        sheet: Sheet,
        thing: Record,
        sent: QueryDict | None,
        *,
        auto_id: str,
    ) -> None:
        self.request, self.thing, self.sheet = request, thing, sheet
        self.offered = offers(request.user, request.tenant, self.sheet)
        self.stored = row_of(self.sheet, thing)
        self.draft: Draft | None = None
        self.stale = False
        start = {**texts_of(self.sheet, self.stored), STAND: thing.version}
        if sent is not None:
            sent = chosen(self.sheet, sent, self.stored)
        else:
            self.draft = find_draft(request.user, request.tenant, request.path)
            start |= texts_by_field(sheet, self.draft.texts) if self.draft else {}
        self.form = RecordForm(sheet, self.offered, data=sent, initial=start, auto_id=auto_id)

    def attend(self, name: str) -> None:
        """Put the focus into a field."""
        # Of several boxes each would take it, and only one element may.
        boxes = (CheckboxSelectMultiple, RadioSelect)
        if name in self.form.fields and not isinstance(self.form.fields[name].widget, boxes):
            self.form.fields[name].widget.attrs["autofocus"] = True

    def saved(self) -> str:
        """Write what was sent; gives the number of the undertaking, "" if it was refused."""
        if not self.form.is_valid():
            return ""
        if self.form.cleaned_data[STAND] not in (None, self.thing.version):
            self.stale = True
            return ""
        batch = new_batch()
        try:
            save_record(
                actor=self.request.user,
                tenant=self.request.tenant,
                sheet=self.sheet,
                values=self.form.values(),
                of=self.thing,
                batch=batch,
            )
        except ValidationError as error:
            self.form.refuse(error)
            return ""
        except LostUpdateError:  # within the same moment
            self.thing.refresh_from_db()
            self.stored = row_of(self.sheet, self.thing)
            self.stale = True
            return ""
        except UserError as error:
            self.form.add_error(None, str(error))
            return ""
        drop_draft(self.request.user, self.request.tenant, self.request.path)
        return batch

    def versions(self, back: str) -> HttpResponse:
        """Show both versions side by side; what does not touch is put together."""
        base = row_at(self.sheet, self.thing, self.form.cleaned_data[STAND])
        merged = merge(self.sheet, base=base, mine=self.form.values(), theirs=self.stored)
        return page(
            self.request,
            "editing/versions.html",
            thing=self.thing,
            pairs=pairs(self.sheet, merged.clashes, self.offered),
            taken=merged.taken,
            hidden=hidden(self.sheet, merged, self.thing.version),
            back=back,
        )


def part_of(
    request: StaffRequest,
    kind: str,
    record: str,
    names: Sequence[str] = (),
    *,
    sent: QueryDict | None = None,
) -> Part:
    """Open some fields of a record, or without names all, with what was sent for them if anything.

    Raises:
        UnknownRecordError: there is no such record, or the person may not see it.
        PermissionDenied: the person may not change it.

    """
    sheet = sheet_of(kind)
    thing = get_record(request.user, request.tenant, sheet, record)
    if not may_change(request.user, thing):
        raise PermissionDenied(f"{thing._meta.verbose_name} ändern")
    if not names:
        return Part(request, sheet, thing, sent, auto_id="id_%s")
    # Names of fields stay unique where two rows are open.
    return Part(request, sheet.only(*names), thing, sent, auto_id=f"id_{thing.pk}_%s")


def texts_by_field(sheet: Sheet, given: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Give what was typed or asked for by field: a list where a column holds several references."""
    several = {column.name for column in sheet.columns if column.kind is Kind.REFERENCES}
    names = {column.name for column in sheet.columns} | {STAND}
    return {
        name: texts if name in several else texts[-1]
        for name, texts in given.items()
        if name in names and texts
    }
