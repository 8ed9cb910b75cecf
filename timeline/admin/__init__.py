"""Curation, in the plain Django admin: one module for each kind of record."""

from timeline.admin import actors, agreements, disputes, events, reports, sources, vocabulary

__all__ = ["actors", "agreements", "disputes", "events", "reports", "sources", "vocabulary"]
