"""The pages of rules, as tests read them."""

from collections.abc import Callable

from core.testing.pages import Element

SET = "no_introduction.regime"
Ask = Callable[..., Element]


def findings(page: Element) -> dict[str, str]:
    """What the page says of each rule."""
    cards = (one for one in page.all("article") if one.attributes.get("id"))
    return {one.attributes["id"]: one.text for one in cards}


def links(page: Element) -> set[str]:
    return {one.attributes.get("href", "") for one in page.all("a")}


def names(page: Element) -> set[str]:
    return {one.attributes.get("name", "") for tag in ("input", "select") for one in page.all(tag)}
