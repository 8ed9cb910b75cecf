from django.urls.converters import IntConverter


class RecordNumber(IntConverter):
    """The number of a record: one that no database could hold is no address at all."""

    regex = "[1-9][0-9]{0,8}"
