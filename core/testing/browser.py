"""A real Chromium for tests, and axe-core, which judges the accessibility of what it shows."""

from functools import cache
from typing import Any, TypedDict

from playwright.sync_api import Page

from core.running import chromium
from core.running.places import ASSETS
from core.running.troubles import Trouble

AXE = ASSETS / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# No rule that is on asks for the style sheets once more, so they are not fetched for it.
RUN_AXE = "() => axe.run(document, {resultTypes: ['violations'], preload: false})"
# A dialog that is still fading in has the colours of neither its start nor its end.
SETTLE = """() => Promise.all(document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().endTime < Infinity)
    .map(animation => animation.finished.catch(() => null))).then(() => null)"""


class LaunchOptions(TypedDict):
    """Keyword arguments of Playwright's ``chromium.launch``."""

    executable_path: str | None
    args: list[str]


def launch_options() -> LaunchOptions:
    """How to start the browser: CHROMIUM, else one on the PATH, else Playwright's own."""
    found = chromium.find()
    return {"executable_path": str(found) if found else None, "args": list(ARGUMENTS)}


def violations(page: Page) -> list[str]:
    """What axe-core finds once the page stands still, a sentence for each rule and element; empty is good.

    Raises Trouble when axe-core has not been fetched. The page's content security policy stays in force.
    """
    page.evaluate(SETTLE)
    page.evaluate(_axe())
    found: dict[str, Any] = page.evaluate(RUN_AXE)
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {' '.join(map(str, node['target']))}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@cache
def _axe() -> str:
    if not AXE.exists():
        raise Trouble("axe-core is missing: 'make set-up-tests' fetches it.")
    return AXE.read_text(encoding="utf-8")
