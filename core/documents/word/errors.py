"""What can be wrong with a file from Word, and what to do about it."""

from flask_babel import lazy_gettext as _

from core.kernel.errors import Invalid

_MESSAGES = {
    "too_big": _("The file is too large. A Word file may be 3 MB. Take out pictures and try again."),
    "not_word": _("We cannot read this file as a Word file. Save it as .docx and upload it again."),
    "macros": _("This file holds macros. Save it as .docx without macros and upload it again."),
    "unsafe": _("This file holds more than a document may hold. Save it anew as .docx and try again."),
    "too_long": _("There is too much text or too many changes in this file to go through."),
    "outside": _(
        "This file fetches something from the outside. Take out such links to pictures and templates."
    ),
}


class WordError(Invalid):
    """A file that cannot be used; `code` is too_big, not_word, macros, unsafe, too_long or outside."""

    def __init__(self, code: str) -> None:
        super().__init__(code, _MESSAGES[code], {"file": _MESSAGES[code]})
