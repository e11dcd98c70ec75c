"""Gelingen: software with which German counties and towns steer the integration of migrants."""
