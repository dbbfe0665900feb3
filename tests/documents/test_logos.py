from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from core.documents import svg
from core.documents.errors import LogoError
from core.documents.logos import safe_logo

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(content: str = '<rect width="100" height="30" fill="#123a63"/>') -> bytes:
    return f'<svg xmlns="{svg.SVG}" {XLINK} viewBox="0 0 100 30">{content}</svg>'.encode()


def picture(
    kind: str = "PNG", size: tuple[int, int] = (300, 100), mode: str = "RGB", **options: object
) -> bytes:
    content = BytesIO()
    Image.new(mode, size).save(content, kind, **options)
    return content.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(LogoError) as problem:
        safe_logo(content)
    return problem.value.code


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1", "I;16"])
def test_a_png_of_any_kind_of_colour_is_kept_at_its_size(mode: str) -> None:
    logo = safe_logo(picture(mode=mode))
    assert (logo.width, logo.height) == (300, 100)
    assert Image.open(BytesIO(logo.png)).format == "PNG"


@pytest.mark.parametrize("mode", ["RGB", "CMYK", "L"])
def test_a_jpeg_becomes_a_png(mode: str) -> None:
    assert Image.open(BytesIO(safe_logo(picture("JPEG", mode=mode)).png)).format == "PNG"


def test_what_the_camera_wrote_about_the_picture_is_gone_but_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker of the camera"
    logo = safe_logo(picture("JPEG", exif=exif.tobytes()))
    kept = Image.open(BytesIO(logo.png))
    assert (logo.width, logo.height) == (100, 300)
    assert not kept.info
    assert b"Maker" not in logo.png


def test_a_large_picture_is_made_smaller_and_keeps_its_proportions() -> None:
    logo = safe_logo(picture(size=(4000, 2000)))
    assert (logo.width, logo.height) == (800, 400)


def test_a_drawing_becomes_a_sharp_picture_on_a_transparent_ground() -> None:
    logo = safe_logo(drawing('<circle cx="50" cy="15" r="15" fill="#123a63"/>'))
    kept = Image.open(BytesIO(logo.png))
    assert (logo.width, logo.height) == (1200, 360)
    assert kept.getpixel((0, 0)) == (0, 0, 0, 0)
    assert kept.getpixel((600, 180)) == (0x12, 0x3A, 0x63, 255)


def test_a_drawing_may_refer_to_its_own_parts() -> None:
    inside = '<linearGradient id="g"/><circle id="c" r="5"/><use xlink:href="#c" fill="url(#g)"/>'
    assert safe_logo(drawing(f"<defs>{inside}</defs><style>.a {{ fill: url('#g') }}</style>")).width == 1200


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a text",
        b"<html></html>",
        b"<svg></svg>",
        b"<svg",
        picture("GIF"),
        picture("BMP"),
        picture()[:60],
        b"\x89PNG\r\n\x1a\n and no more",
        drawing().decode().encode("utf-16"),
        drawing("<g>" * 50_000),
        f'<svg xmlns="{svg.SVG}" width="0" height="0"/>'.encode(),
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_says_it_is(content: bytes) -> None:
    assert refused(content) == "not_an_image"


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE svg>" + drawing(),
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + drawing("&b;"),
        drawing("<script>alert(1)</script>"),
        drawing('<rect onclick="alert(1)"/>'),
        drawing("<foreignObject/>"),
        drawing('<image href="https://example.org/a.png"/>'),
        drawing('<image href="data:image/png;base64,AAAA"/>'),
        drawing('<use xlink:href="other.svg#a"/>'),
        drawing('<rect fill="url(https://example.org/a)"/>'),
        drawing("<rect style=\"fill: URL( '//example.org/a')\"/>"),
        drawing('<style>@import "a.css";</style>'),
        drawing("<style>rect { fill: url(//example.org) }</style>"),
    ],
)
def test_a_drawing_that_is_more_than_a_drawing_is_refused(content: bytes) -> None:
    assert refused(content) == "unsafe_svg"


def test_a_small_drawing_that_asks_for_hours_of_work_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg, "SECONDS", 1)
    twice = '<rect width="100" height="30" fill="white" mask="url(#m{})"/>'
    masks = "".join(f'<mask id="m{n}">{twice.format(n + 1) * 2}</mask>' for n in range(30))
    assert refused(drawing(f"{masks}{twice.format(0)}")) == "unsafe_svg"


def test_a_drawing_that_multiplies_itself_is_refused() -> None:
    groups = "".join(_tenfold(number) for number in range(9))
    assert refused(drawing(f'<rect id="g0" width="5" height="5"/>{groups}')) == "not_an_image"


def _tenfold(number: int) -> str:
    reuse = f'<use xlink:href="#g{number}"/>' * 10
    return f'<g id="g{number + 1}">{reuse}</g>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(2 * 1024 * 1024), "too_big"),
        (lambda: drawing(" " * (512 * 1024)), "too_big"),
        (lambda: picture(size=(4097, 1)), "too_many_pixels"),
        (lambda: picture("JPEG", size=(1, 5000)), "too_many_pixels"),
        (lambda: picture(size=(30_000, 30_000), mode="1"), "too_many_pixels"),
    ],
)
def test_a_logo_that_is_too_large_is_refused_before_it_is_unpacked(
    content: Callable[[], bytes], code: str
) -> None:
    assert refused(content()) == code
