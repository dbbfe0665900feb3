"""What can be wrong with an uploaded logo, and what to do about it."""

from flask_babel import lazy_gettext as _

from core.kernel.errors import Invalid

_MESSAGES = {
    "too_big": _("The file is too large. A logo may be 2 MB, and an SVG 512 KB."),
    "not_an_image": _("We cannot read this file as a picture. Upload the logo as PNG, JPEG or SVG."),
    "too_many_pixels": _("The picture is too large. Make it at most 4096 pixels wide and high."),
    "unsafe_svg": _(
        "This SVG is too complex, or holds more than a drawing: links, scripts, pictures or a document type. "
        "Save it as a plain SVG, or upload the logo as PNG."
    ),
}


class LogoError(Invalid):
    """A logo that cannot be used; `code` is too_big, not_an_image, too_many_pixels or unsafe_svg."""

    def __init__(self, code: str) -> None:
        super().__init__(code, _MESSAGES[code])
