"""Indicators at the desk: both registers, the sheet with chart and table, the catalogue."""
