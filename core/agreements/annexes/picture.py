"""The annual wheel as a drawing for print: the same geometry as on the page, nothing but text and shapes."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from core.agreements.wheel.ring import CENTRE, PROMISE, Mark, Rest, Ring, Sector

INK, ACCENT, PALE, LINE = "#1c2733", "#1f4e6e", "#e4edf3", "#c5ccd3"
SIZE = 2 * CENTRE
DROP = 0.35
"""How far below the middle the line of a text stands, as a share of its size."""


def drawing(ring: Ring, names: Mapping[int, str], centre: str) -> bytes:
    """The ring as SVG, with the months' short names and a word in the middle."""
    head = Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}">').format(SIZE, SIZE)
    parts = [
        _circle(CENTRE, CENTRE, 200, "#ffffff", LINE),
        _circle(CENTRE, CENTRE, 145, "#f6f8f9", LINE),
        _circle(CENTRE, CENTRE, 68, "#ffffff", LINE),
        *(piece for sector in ring.sectors for piece in _sector(sector, names)),
        *(piece for mark in ring.marks for piece in _mark(mark)),
        *(_rest(one) for one in ring.rests),
        _words(centre, CENTRE, CENTRE, 20, INK),
    ]
    return str(head + Markup().join(parts) + Markup("</svg>")).encode()


def _sector(sector: Sector, names: Mapping[int, str]) -> Iterator[Markup]:
    yield Markup('<path d="{}" fill="{}" stroke="#ffffff" stroke-width="2"/>').format(sector.path, PALE)
    yield _words(names[sector.month], sector.x, sector.y, 15, ACCENT)


def _mark(mark: Mark) -> Iterator[Markup]:
    if mark.entry.kind == PROMISE:
        yield _circle(mark.x, mark.y, 10.5, ACCENT, "#ffffff")
    else:
        square = '<rect x="{}" y="{}" width="20" height="20" rx="3" fill="#ffffff" stroke="{}"/>'
        yield Markup(square).format(round(mark.x - 10, 1), round(mark.y - 10, 1), ACCENT)  # noqa: S704  ours
    colour = "#ffffff" if mark.entry.kind == PROMISE else INK
    yield _words(str(mark.entry.number), mark.x, mark.y, 12, colour)


def _rest(rest: Rest) -> Markup:
    return _words(f"+{rest.count}", rest.x, rest.y, 13, INK)


def _circle(x: float, y: float, radius: float, fill: str, stroke: str) -> Markup:
    return Markup('<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}"/>').format(x, y, radius, fill, stroke)


def _words(words: str, x: float, y: float, size: int, colour: str) -> Markup:
    text = Markup(
        '<text x="{}" y="{}" font-family="Inter" font-weight="600" font-size="{}" '
        'text-anchor="middle" fill="{}">{}</text>'
    )
    return text.format(x, round(y + DROP * size, 1), size, colour, words)
