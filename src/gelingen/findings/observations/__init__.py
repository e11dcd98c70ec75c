"""What the analyses see, put into observations that people can judge."""

from datetime import date

from gelingen.findings.inputs import Inputs
from gelingen.findings.observations.actors import leads, network, pairs
from gelingen.findings.observations.cells import gaps, losses
from gelingen.findings.observations.money import cliff
from gelingen.findings.observations.observation import Observation

__all__ = ["Observation", "observe"]


def observe(inputs: Inputs, *, on: date, ends: date) -> list[Observation]:
    """Run every analysis and gather what people should know, by kind and key.

    Args:
        inputs: the records of one tenant. What others show to it is not named in sentences: they
            stay when it is not shown any more.
        on: the day.
        ends: first day after the planning horizon.

    """
    inputs = inputs.discreet()
    everything = [
        *gaps(inputs, on=on, ends=ends),
        *leads(inputs, on=on),
        *pairs(inputs, on=on),
        *network(inputs, on=on),
        *cliff(inputs, on=on, ends=ends),
        *losses(inputs, on=on, ends=ends),
    ]
    return sorted(everything, key=lambda observation: (observation.kind, observation.key))
