"""Papers, letters and the calendar of meetings."""
