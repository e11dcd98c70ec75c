"""Papers for the bodies that decide: written from the records, deliberated, with what follows."""
