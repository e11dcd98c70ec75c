"""Organisations confirm their own entries without an account; what they change is proposed."""
