"""Pages to enter, change and remove one record of any kind."""
