"""The records of a tenant as tables for the analyses, seen by the operator of the installation."""

from gelingen.cli.tables import TableInputs
from gelingen.cli.tenants import chosen_tenant, records
from gelingen.config.day import today
from gelingen.findings.inputs import horizon_of, read_inputs

__all__ = ["recorded_tables"]


def recorded_tables(key: str) -> TableInputs:
    """Read a tenant's records, its day and its planning horizon; raises Refused."""
    with records() as actor:
        tenant = chosen_tenant(key)
        inputs = read_inputs(actor, tenant)
        return TableInputs(
            inventory=inputs.served,
            responsibilities=inputs.responsibilities,
            ties=inputs.ties,
            actors=inputs.actors,
            groups=inputs.group_sizes,
            places=inputs.place_sizes,
            names=inputs.names,
            on=today(),
            ends=horizon_of(actor, tenant),
        )
