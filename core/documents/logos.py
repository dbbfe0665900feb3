"""Logos that strangers upload, made harmless: whatever comes in, a small plain PNG comes out."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from core.documents.errors import LogoError
from core.documents.svg import svg_as_png

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS_PER_SIDE = 4096
WIDTH, HEIGHT = 1200, 400  # the largest logo that is kept, in pixels
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


@dataclass(frozen=True)
class SafeLogo:
    """A PNG without metadata, at most 1200 x 400 pixels."""

    png: bytes
    width: int
    height: int


def safe_logo(content: bytes) -> SafeLogo:
    """Make a logo of an uploaded PNG, JPEG or SVG; what it is, its content says, never its name.

    Raises `LogoError` with the code too_big, not_an_image, too_many_pixels or unsafe_svg.
    """
    if len(content) > MAX_BYTES:
        raise LogoError("too_big")
    if not content.startswith((PNG, JPEG)):
        content = svg_as_png(content, WIDTH, HEIGHT)
    return _reencoded(_opened(content))


def _opened(content: bytes) -> Image.Image:
    """Decode the pixels; the size is read from the head of the file before anything is unpacked."""
    try:
        picture = Image.open(BytesIO(content), formats=["PNG", "JPEG"])
        if max(picture.size) > MAX_PIXELS_PER_SIDE:
            raise LogoError("too_many_pixels")
        return ImageOps.exif_transpose(picture).convert("RGBA")
    except Image.DecompressionBombError as error:
        raise LogoError("too_many_pixels") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise LogoError("not_an_image") from error


def _reencoded(picture: Image.Image) -> SafeLogo:
    picture.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    pixels = Image.frombytes("RGBA", picture.size, picture.tobytes())
    encoded = BytesIO()
    pixels.save(encoded, "PNG", optimize=True)
    return SafeLogo(encoded.getvalue(), pixels.width, pixels.height)
