"""Pages of meetings: planned, prepared, minuted; and of what is to be done afterwards."""
