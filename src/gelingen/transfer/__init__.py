"""Workbook and records: what goes out comes back."""
