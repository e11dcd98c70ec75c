"""Take over a documented course from a day on: choose, see what would be added, write."""

from django import forms
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.process.courses import TEMPLATES, plan_course, template_of
from gelingen.register.steps import carry_out
from gelingen.terms.spelling import day
from gelingen.web.boards.extending import STAMP, preview
from gelingen.web.narrowing import DayField, one_of
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    page,
    sentence_of,
    staff,
    tell,
)


class CourseForm(forms.Form):
    """Welcher Ablauf, und ab wann."""

    template = one_of("Ablauf", [(one.key, one.name) for one in TEMPLATES])
    starts = DayField(
        label="Beginnt am", help_text="Erster Tag der ersten Phase; alles andere folgt daraus."
    )


@staff
def take_over(request: StaffRequest) -> HttpResponse:
    """Show which phases and steps a template would give, and write them once they were seen."""
    require(request.user, May.EDIT_BOARDS, request.tenant)
    on, back = today(), address(request, "process")
    form = CourseForm(request.POST or None, initial={"starts": day(on)})
    shown: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        template = template_of(form.cleaned_data["template"]) or TEMPLATES[0]
        starts = form.cleaned_data["starts"]
        plan = plan_course(request.user, request.tenant, template, starts=starts)
        try:
            if request.POST.get(STAMP) == plan.stamp:
                batch = carry_out(actor=request.user, plan=plan)
                tell(request, f"Übernommen: {template.name} ab {day(starts)}.", undo=batch)
                return HttpResponseRedirect(back)
            shown = preview(request, plan, form)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
    return page(
        request,
        "process/course.html",
        templates=TEMPLATES,
        fields=form,
        back=back,
        **({"form": form} if form.is_bound else {}),
        **shown,
    )
