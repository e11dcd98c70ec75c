"""Reports on a plan, year by year: drafted from the records, concluded, released, kept."""
