"""The frame shows what it was handed, and no more."""

from collections.abc import Callable

from flask import Flask, render_template_string
from flask.testing import FlaskClient

from core.web import MenuItem
from core.web.frame import current_frame


def test_the_page_names_tenant_account_and_menu(client: FlaskClient) -> None:
    text = client.get("/gallery").get_data(as_text=True)
    for part in (
        "Fjordvik kommune",
        "Kari Prøve",
        "Min konto",
        "Medarbeidere",
        "Kommunen er ikke bekreftet ennå.",
    ):
        assert part in text
    assert "<title>Gallery – Fotfeste</title>" in text


def test_an_outside_reader_sees_neither_menu_nor_account(client: FlaskClient) -> None:
    text = client.get("/reading").get_data(as_text=True)
    assert "Fjordvik kommune" in text
    assert "Medarbeidere" not in text
    assert "Kari Prøve" not in text


def test_a_visitor_sees_the_product(make_app: Callable[..., Flask]) -> None:
    client = make_app(tenant=lambda: None, account=lambda: None, menu=lambda: ()).test_client()
    text = client.get("/", headers={"Accept-Language": "nb"}).get_data(as_text=True)
    assert "Avtaler som hjelper folk inn i arbeidslivet" in text
    assert 'href="/sign-up"' in text
    assert 'href="/sign-in"' in text
    assert "<title>Fotfeste</title>" in text


def test_the_deepest_menu_entry_is_marked(make_app: Callable[..., Flask]) -> None:
    menu = (
        MenuItem("home", "Home", "/t/a"),
        MenuItem("list", "List", "/t/a/list"),
        MenuItem("l", "L", "/t/a/li"),
    )
    app = make_app(menu=lambda: menu)
    marked = {}
    for path in ("/t/a/", "/t/a/list/7?x=/t/a/li", "/t/ab"):
        with app.test_request_context(path):
            marked[path] = [item.key for item in menu if current_frame().is_current(item)]
    assert marked == {"/t/a/": ["home"], "/t/a/list/7?x=/t/a/li": ["list"], "/t/ab": []}


def test_a_page_may_mark_its_entry_itself(make_app: Callable[..., Flask]) -> None:
    item = MenuItem("people", "People", "/people")
    with make_app(menu=lambda: (item,)).test_request_context("/elsewhere"):
        assert current_frame().is_current(item, "people")


def test_the_frame_asks_once_and_only_when_looked_at(make_app: Callable[..., Flask]) -> None:
    asked: list[str] = []

    def menu() -> tuple[MenuItem, ...]:
        asked.append("menu")
        return ()

    app = make_app(menu=menu)
    with app.test_request_context():
        render_template_string("no frame here")
        assert asked == []
        render_template_string("{{ frame.path }}{{ frame.menu }}{{ frame.product }}")
        assert asked == ["menu"]


def test_after_a_post_the_switch_returns_to_the_path(app: Flask) -> None:
    with app.test_request_context("/gallery?secret=1", method="POST"):
        assert current_frame().path == "/gallery"
