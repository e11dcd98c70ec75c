"""Bestand as pictures: money over time, who leads what, who works with whom."""
