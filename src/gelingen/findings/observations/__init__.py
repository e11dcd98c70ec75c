"""What the analyses see, put into observations that people can judge."""

from gelingen.findings.observations.observation import Observation

__all__ = ["Observation"]
