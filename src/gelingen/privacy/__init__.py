"""Privacy: what is kept about a person or organisation, shown, handed out and forgotten."""
