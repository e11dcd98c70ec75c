"""The OParl endpoint: what it answers to everybody, and its page for who opens it."""
