"""Surveys: questions to organisations and people, and what they answer."""
