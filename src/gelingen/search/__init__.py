"""Find records by words that need not be spelled as they are stored."""
