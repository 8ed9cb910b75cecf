from django.urls.converters import IntConverter


class RecordNumber(IntConverter):
    """The number of a record: one that no database could hold is no address at all."""

    regex = "[1-9][0-9]{0,8}"


class CaseNumber:
    """The number of a reader's report: ABCDE-12345, however it was copied down."""

    regex = "[0-9A-Za-z]{5}-?[0-9A-Za-z]{5}"

    def to_python(self, value):
        return value.replace("-", "").upper().translate(str.maketrans("OILU", "011V"))

    def to_url(self, value):
        return value
