"""Reports on a plan: draft, conclusions beside the facts, preview, release, downloads."""
