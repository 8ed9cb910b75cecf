import re

from django.urls.converters import IntConverter, StringConverter

from timeline.exports import FORMATS
from timeline.views.files import PAGES


class RecordNumber(IntConverter):
    """The number of a record: one that no database could hold is no address at all."""

    regex = "[1-9][0-9]{0,8}"


class RecordKind(StringConverter):
    """A kind of record that has a list of its own."""

    regex = "|".join(PAGES)


class Suffix(StringConverter):
    """A format in which records can be taken along, by the end of the address."""

    regex = "|".join(map(re.escape, FORMATS))


class CaseNumber:
    """The number of a reader's report: ABCDE-12345, however it was copied down."""

    regex = "[0-9A-Za-z]{5}-?[0-9A-Za-z]{5}"

    def to_python(self, value):
        return value.replace("-", "").upper().translate(str.maketrans("OILU", "011V"))

    def to_url(self, value):
        return value
