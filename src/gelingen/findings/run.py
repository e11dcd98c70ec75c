"""Run every analysis on a tenant and keep what it found."""

from datetime import date

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.errors import UserError
from gelingen.findings.commands import Refreshed, refresh
from gelingen.findings.inputs import horizon_of, read_inputs
from gelingen.findings.observations import observe


class NoHorizonError(UserError):
    """Nobody has said until when is planned."""


def run_analyses(*, actor: Actor, tenant: Tenant, on: date, ends: date | None = None) -> Refreshed:
    """Run every analysis on a tenant's records and keep the findings.

    Args:
        actor: who runs them; sees and judges as far as permitted.
        tenant: whose records.
        on: the day.
        ends: first day after the planning horizon; without it that of the plan.

    Raises:
        NoHorizonError: there is no plan with a horizon, and none was given.
        PermissionDenied: the actor may not judge findings in this tenant.

    """
    horizon = ends or horizon_of(actor, tenant)
    if horizon is None:
        raise NoHorizonError(
            f"Für {tenant} ist kein Planungshorizont eingetragen. Bitte in der Arbeitsmappe das "
            "Blatt „Plan“ ausfüllen, oder den Horizont angeben."
        )
    observations = observe(read_inputs(actor, tenant), on=on, ends=horizon)
    return refresh(actor=actor, tenant=tenant, observations=observations, on=on)
