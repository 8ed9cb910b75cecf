"""Every address; what may stand in one is known to all modules here."""

from django.urls import register_converter

from timeline.urls.converters import RecordKind, RecordNumber, Suffix

register_converter(RecordNumber, "number")
register_converter(RecordKind, "kind")
register_converter(Suffix, "suffix")
