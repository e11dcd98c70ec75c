"""What a person keeps at their own desk: drafts, saved views, rows put off, the last visit."""
