"""Papers for the bodies that decide: list, draft, way, results, what follows, documents."""
