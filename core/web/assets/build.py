"""Copy what pages and documents need from ``node_modules`` to ``core/web/static/vendor``.

Run after ``npm ci --ignore-scripts`` in this folder: ``python -m core.web.assets.build``. Standard library
only, so that it also runs before the locked Python packages are there.
"""

import hashlib
import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
VENDOR = HERE.parent / "static" / "vendor"

TTF = "@expo-google-fonts/inter"
FILES = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    "theme.css": "@digdir/designsystemet-theme/src/themes/designsystemet.css",
    "fonts-pdf/Inter-Regular.ttf": f"{TTF}/400Regular/Inter_400Regular.ttf",
    "fonts-pdf/Inter-Italic.ttf": f"{TTF}/400Regular_Italic/Inter_400Regular_Italic.ttf",
    "fonts-pdf/Inter-SemiBold.ttf": f"{TTF}/600SemiBold/Inter_600SemiBold.ttf",
    "fonts-pdf/Inter-SemiBoldItalic.ttf": f"{TTF}/600SemiBold_Italic/Inter_600SemiBold_Italic.ttf",
    "licences/htmx.txt": "htmx.org/LICENSE",
    "licences/designsystemet.txt": "@digdir/designsystemet-theme/LICENSE",
    "licences/inter.txt": "@fontsource/inter/LICENSE",
    "licences/inter-pdf.txt": f"{TTF}/LICENSE_FONT",
}
FACES = ("400", "400-italic", "500", "600")
SUBSETS = ("latin", "latin-ext")
FACE = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
WOFF2 = re.compile(r"url\(\./files/(?P<name>[\w-]+\.woff2)\) format\('woff2'\)")
SOURCE = re.compile(r"src:[^;]*;")


class AssetsMissing(Exception):  # noqa: N818  read by a person at set-up
    """A package that the build needs was not installed; the message says what to run."""


def build(modules: Path = MODULES, vendor: Path = VENDOR) -> None:
    """Replace ``vendor`` by fresh copies. Raises AssetsMissing when ``npm ci`` has not been run."""
    fresh = vendor.with_name(vendor.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name, source in FILES.items():
        _copy(_installed(modules, source), fresh / name)
    (fresh / "inter.css").write_text(_font_css(modules, fresh), encoding="utf-8")
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)


def _installed(modules: Path, source: str) -> Path:
    path = modules / source
    if not path.is_file():
        raise AssetsMissing(
            f"{path} is missing: run npm ci --ignore-scripts in {modules.parent}, then build again"
        )
    return path


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _font_css(modules: Path, vendor: Path) -> str:
    """The font faces that pages use, each naming its file with a hash of its content."""
    faces = []
    for face in FACES:
        css = _installed(modules, f"@fontsource/inter/{face}.css").read_text(encoding="utf-8")
        faces += [_font_face(block, modules, vendor) for block in FACE.findall(css) if _is_wanted(block)]
    return "\n".join(faces) + "\n"


def _is_wanted(block: str) -> bool:
    found = WOFF2.search(block)
    return found is not None and any(re.match(rf"inter-{subset}-\d", found["name"]) for subset in SUBSETS)


def _font_face(block: str, modules: Path, vendor: Path) -> str:
    found = WOFF2.search(block)
    if found is None:
        raise AssetsMissing("the font package names no woff2 file: its layout has changed")
    source = _installed(modules, f"@fontsource/inter/files/{found['name']}")
    digest = hashlib.sha256(source.read_bytes()).hexdigest()[:10]
    name = f"fonts/{source.stem}.{digest}.woff2"
    _copy(source, vendor / name)
    return SOURCE.sub(f"src: url({name}) format('woff2');", block)


if __name__ == "__main__":
    try:
        build()
    except AssetsMissing as missing:
        sys.exit(str(missing))
