"""The product as visitors meet it: real processes on a database of their own, and people with browsers."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from core.app import create_app
from core.kernel.migrations import upgrade
from core.kernel.settings import Settings
from core.lineages import all_lineages
from core.testing import processes
from core.testing.database import TestServer, settings_for
from core.testing.passwords import hash_quickly

SERVER_ERROR = 500
PATIENCE = 15_000
TELL_OF_POLICY = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
LOCALES = {"nb": "nb-NO", "da": "da-DK", "en": "en-GB"}


@dataclass(frozen=True)
class Site:
    """Where the product answers. ``app`` is the same product in this process, for what a page cannot do."""

    address: str
    settings: Settings
    app: Flask


@contextmanager
def running(admin_url: str) -> Iterator[Site]:
    """Web and worker on a new database; both end with the block."""
    server = TestServer(admin_url)
    port = _free_port()
    address = f"http://localhost:{port}"
    settings = settings_for(admin_url, server.new_database(), public_url=address)
    app = create_app(settings)
    hash_quickly(app)
    with app.app_context():
        upgrade(settings.database_url_owner, all_lineages())
    command = (*processes.WEB, f"--bind=localhost:{port}", "core.app:create_app()")
    web = processes.Process(settings, *command)
    try:
        processes.until(lambda: _listens(port), "the web process listens")
        with processes.worker(settings):
            yield Site(address, settings, app)
    finally:
        web.kill()
        server.stop()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as visitor:
        return visitor.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class People:
    """Opens a browser of their own for each person, and hears everything that goes wrong in it."""

    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    _contexts: list[BrowserContext] = field(default_factory=list)

    def page(self, language: str = "nb", width: int = 1280, **options: Any) -> Page:
        """A page of somebody new, without cookies, who reads ``language``."""
        context = self.browser.new_context(
            locale=LOCALES[language],
            viewport={"width": width, "height": 900},
            base_url=self.address,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(TELL_OF_POLICY)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", self._hear)
        page.on("response", self._look)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(one in message.text for one in self.expected):
            self.complaints.append(f"{message.location.get('url', '')}: {message.text}")

    def _look(self, response: Response) -> None:
        if response.status >= SERVER_ERROR:
            self.complaints.append(f"{response.status} {response.url}")

    def go(self) -> None:
        """Close every browser."""
        for context in self._contexts:
            context.close()
