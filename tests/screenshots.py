"""Take the pictures of the README from the demo: ``python -m tests.screenshots``.

The product runs on a throw-away database with its demo data; the pictures land in ``docs/images``.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import click
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from core import demo
from core.app import create_app
from core.kernel.migrations import upgrade
from core.lineages import all_lineages
from core.running.places import ROOT
from core.running.translations import compile_all
from core.testing.browser import launch_options
from core.testing.database import TestServer, settings_for

FOLDER = ROOT / "docs" / "images"
SIZE = {"width": 1280, "height": 800}
COLOURS = 128
LARGEST = 150_000


class Quiet(WSGIRequestHandler):
    """Names no request: the terminal is for what was made."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class Shot(NamedTuple):
    """One picture: who looks, in which language, from where and along which links (CSS selectors)."""

    name: str
    email: str
    locale: str
    path: str
    links: tuple[str, ...] = ()


SHOTS = (
    Shot("home", "veileder@nordvik.example", "nb-NO", "/t/nordvik-kommune/"),
    Shot(
        "composer",
        "veileder@nordvik.example",
        "nb-NO",
        "/t/nordvik-kommune/agreements?status=draft",
        ("text=Havgap Hotell", "a[href$='/compose/parties']", "a[href$='/compose/organisation']"),
    ),
    Shot(
        "agreement",
        "veileder@nordvik.example",
        "nb-NO",
        "/t/nordvik-kommune/agreements?status=sent",
        ("text=Nordlys Renhold",),
    ),
    Shot("home-da", "konsulent@vesterlund.example", "da-DK", "/t/vesterlund-kommune/"),
)


def main() -> None:
    """Take every picture anew, and say how large it has become."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    server = TestServer.start()
    try:
        with served(application(server)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            for shot in SHOTS:
                click.echo(f"{save(shot, take(browser, address, shot)):>7} bytes  {shot.name}")
            browser.close()
    finally:
        server.stop()


def application(server: TestServer) -> Flask:
    """The product on a database of its own, with the demo in it."""
    compile_all()
    settings = settings_for(server.admin_url, server.new_database())
    app = create_app(settings)
    with app.app_context():
        upgrade(settings.database_url_owner, all_lineages())
        demo.load()
    return app


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Answer on a free port for as long as the block lasts."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


def take(browser: Browser, address: str, shot: Shot) -> bytes:
    """Sign in, go where the picture is, and take it."""
    context = browser.new_context(viewport=SIZE, locale=shot.locale, base_url=address)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/sign-in")
    page.locator("input[name=email]").fill(shot.email)
    page.locator("input[name=password]").fill(demo.PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.goto(shot.path)
    for link in shot.links:
        page.locator("main").locator(link).first.click()
        page.wait_for_load_state()
    page.evaluate("document.fonts.ready")
    return page.screenshot()


def save(shot: Shot, taken: bytes, folder: Path = FOLDER) -> int:
    """Write a small file and give its size in bytes."""
    file = folder / f"{shot.name}.png"
    image = Image.open(BytesIO(taken)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(file, optimize=True)
    return file.stat().st_size


if __name__ == "__main__":
    main()
