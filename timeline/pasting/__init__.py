"""Sources pasted as BibTeX, RIS or CSL-JSON, brought into the fields of a source.

Only what the paste says is taken over. Whose account a source is, no such format tells; of
what kind it is, only some types do: the rest is left for the curator to choose.
"""

from django.utils.translation import gettext as _

from timeline.pasting import bibtex, csl, ris
from timeline.pasting.entry import Pasted, PasteError

__all__ = ["LONGEST", "MOST", "PasteError", "Pasted", "read"]

LONGEST = 200_000
MOST = 50


def read(text: str) -> list[Pasted]:
    """The sources in the text, in its order. Raises `PasteError` with every reason why not."""
    text = text.strip().removeprefix("\ufeff")
    if not text:
        raise PasteError(_("Nothing was pasted."))
    if len(text) > LONGEST:
        raise PasteError(
            _("The text is longer than %(most)d characters: paste it in parts.") % {"most": LONGEST}
        )
    found = _format_of(text).read(text)
    if not found:
        raise PasteError(_("The text holds no source."))
    if len(found) > MOST:
        raise PasteError(
            _("The text holds %(n)d sources; paste at most %(most)d at a time.")
            % {"n": len(found), "most": MOST}
        )
    return found


def _format_of(text: str):
    if text[0] in "[{":
        return csl
    if ris.OPENING.search(text):
        return ris
    if bibtex.OPENING.search(text):
        return bibtex
    raise PasteError(
        _(
            "This is none of the forms that are read. BibTeX begins with @, RIS with “TY  -”, "
            "CSL-JSON with [ or {."
        )
    )
