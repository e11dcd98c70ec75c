"""Actions on structures: each with a preview of what will happen, then all or nothing."""
