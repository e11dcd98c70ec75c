"""Run the analyses anew, and say how far that is."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in, require
from gelingen.config.day import today
from gelingen.findings.progress import Progress, progress
from gelingen.jobs import refresh_findings
from gelingen.web.pages import StaffRequest, done, staff


@dataclass(frozen=True, slots=True)
class Run:
    """What a page says about the latest run."""

    progress: Progress
    may_run: bool

    @property
    def stale(self) -> str:
        """Say how much has changed since."""
        many = self.progress.changes
        counted = "eine Änderung" if many == 1 else f"{many} Änderungen"
        return f"Seit der letzten Auswertung gab es {counted}."


def run_of(request: StaffRequest) -> Run:
    """Read the state of the latest run. Three queries."""
    return Run(
        progress(request.tenant, refresh_findings.module_path),
        allowed_in(request.user, May.JUDGE, request.tenant),
    )


@staff
@require_POST
def refresh(request: StaffRequest) -> HttpResponse:
    """Order a run of the analyses; one that waits already is enough."""
    require(request.user, May.JUDGE, request.tenant)
    if progress(request.tenant, refresh_findings.module_path).state != "waiting":
        refresh_findings.enqueue(
            actor_id=request.user.pk,
            tenant_key=request.tenant.pk,
            on=today().isoformat(),
        )
    return done(request, "Die Auswertung wird neu gerechnet.", to="findings")
