"""Reading an answer as a browser does: what a test sees is the page, not its source text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.test import TestResponse

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "source"})


@dataclass
class Element:
    """A node of the page with its attributes, children and own text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text inside, with single spaces."""
        pieces = (one if isinstance(one, str) else one.text for one in self.children)
        return " ".join(" ".join(pieces).split())

    def all(self, tag: str, **attributes: str) -> Iterator["Element"]:
        """Every element below with a tag and attributes (``class_`` and ``for_`` for reserved words)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        for child in self.children:
            if isinstance(child, str):
                continue
            if child.tag == tag and all(
                child.attributes.get(name) == value for name, value in wanted.items()
            ):
                yield child
            yield from child.all(tag, **attributes)

    def first(self, tag: str, **attributes: str) -> "Element":
        """The first such element. Raises LookupError when there is none."""
        found = next(self.all(tag, **attributes), None)
        if found is None:
            raise LookupError(f"no <{tag}> with {attributes} on the page")
        return found


class Page(HTMLParser):
    """A parsed page. ``faults`` lists tags that do not close in order and ids that occur twice."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document")
        self.faults: list[str] = []
        self._open = [self.root]
        self._ids: set[str] = set()
        self.feed(markup)
        self.faults += [f"<{one.tag}> is never closed" for one in self._open[1:]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        name = element.attributes.get("id")
        if name in self._ids:
            self.faults.append(f"the id {name} occurs twice")
        self._ids |= {name} if name else set()
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag without content."""
        self._open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if self._open[-1].tag == tag:
            self._open.pop()
        else:
            self.faults.append(f"</{tag}> closes <{self._open[-1].tag}>")

    def handle_data(self, data: str) -> None:
        """Text."""
        self._open[-1].children.append(data)

    @property
    def heading(self) -> str:
        """The text of the one first-level heading."""
        (heading,) = self.root.all("h1")
        return heading.text

    @property
    def text(self) -> str:
        """All text of the main part."""
        return self.root.first("main").text

    def error(self, name: str) -> str:
        """The message beside a field; empty when it is in order."""
        control = f"field-{name.replace('_', '-')}-error"
        return next((one.text for one in self.root.all("p", id=control)), "")

    def value(self, name: str) -> str:
        """What stands in a field of the main part."""
        return self.root.first("main").first("input", name=name).attributes.get("value", "")

    def links(self) -> list[str]:
        """The addresses that the main part links to."""
        return [one.attributes.get("href", "") for one in self.root.first("main").all("a")]


def page_of(answer: TestResponse, status: int = 200) -> Page:
    """The page of an answer. Raises AssertionError for another status or for faulty markup."""
    if answer.status_code != status:
        raise AssertionError(f"{answer.request.path} answered {answer.status_code} instead of {status}")
    page = Page(answer.get_data(as_text=True))
    if page.faults:
        raise AssertionError(f"{answer.request.path}: {'; '.join(page.faults)}")
    return page
