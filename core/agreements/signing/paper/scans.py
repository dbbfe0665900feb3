"""Scans of signed papers: what they may be is said by their content, never by their name."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from flask_babel import lazy_gettext as _
from PIL import Image

from core.documents.seals.checking import read_file
from core.kernel.errors import Invalid

MOST_BYTES: Final = 3_500_000
MOST_PIXELS: Final = 60_000_000
PDF: Final = "application/pdf"
KINDS: Final = {
    b"%PDF-": (PDF, "pdf"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
}


@dataclass(frozen=True)
class Scan:
    """A file that was looked at, kept byte for byte because its fingerprint is evidence."""

    media_type: str
    ending: str
    content: bytes


def read_scan(content: bytes) -> Scan:
    """Look at a file. Raises Invalid with what to do when it is no scan that can be kept."""
    if not content:
        raise _wrong(_("Choose the file with the scan."))
    if len(content) > MOST_BYTES:
        raise _wrong(
            _("The file is larger than 3.5 MB. Scan it in grey with 150 dots per inch, or fewer pages.")
        )
    for beginning, (media_type, ending) in KINDS.items():
        if content.startswith(beginning) and _is_whole(content, media_type):
            return Scan(media_type, ending, content)
    raise _wrong(_("The file cannot be read as PDF, JPEG or PNG. Scan the paper anew and choose that file."))


def _is_whole(content: bytes, media_type: str) -> bool:
    if media_type == PDF:
        return read_file(content).readable
    try:
        picture = Image.open(BytesIO(content), formats=["PNG", "JPEG"])
        if picture.width * picture.height > MOST_PIXELS:
            return False
        picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def _wrong(sentence: object) -> Invalid:
    return Invalid("paper.scan", sentence, {"scan": sentence})
