"""Run as a program: an SVG on standard input becomes a PNG on standard output.

Arguments: width and height in pixels that it must fit into, seconds and bytes of memory it may use,
and the folder of fonts. A process of its own, because a drawing of a few lines can ask for hours of
work; it gets no environment and imports nothing of ours, so that there is nothing to get at.
"""

import resource
import sys
from pathlib import Path

import typst

TEMPLATE = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: "Inter")
#context {
  let natural = measure(image("drawing.svg"))
  let scale = calc.min(WIDTHpt / natural.width, HEIGHTpt / natural.height)
  image("drawing.svg", width: natural.width * scale, height: natural.height * scale)
}
"""


def limit(seconds: int, memory: int) -> None:
    """Let the operating system stop this process; the parent's clock is there where it cannot."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def rasterise(drawing: bytes, width: str, height: str, fonts: str) -> bytes:
    """The drawing as PNG, as large as fits; a transparent ground stays transparent."""
    template = TEMPLATE.replace("WIDTH", width).replace("HEIGHT", height)
    png: bytes = typst.compile(  # type: ignore[call-overload]  # the stub knows one file, the compiler several
        {"main.typ": template.encode(), "drawing.svg": drawing},
        root=Path(fonts),
        font_paths=[fonts],
        ignore_system_fonts=True,
        format="png",
        ppi=72,
    )
    return png


if __name__ == "__main__":
    width, height, seconds, memory, fonts = sys.argv[1:]
    limit(int(seconds), int(memory))
    sys.stdout.buffer.write(rasterise(sys.stdin.buffer.read(), width, height, fonts))
