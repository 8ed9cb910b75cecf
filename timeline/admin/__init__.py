"""Curation, in the plain Django admin: one module for each kind of record."""

from timeline.admin import (
    accounts,
    actors,
    agreements,
    disputes,
    events,
    reports,
    sources,
    stories,
    vocabulary,
)

__all__ = [
    "accounts",
    "actors",
    "agreements",
    "disputes",
    "events",
    "reports",
    "sources",
    "stories",
    "vocabulary",
]
