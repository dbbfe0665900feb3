"""Every macro renders soundly: labels, hints and messages belong to their fields, and text is escaped."""

from collections.abc import Iterator

import pytest
from flask import Flask, render_template_string
from lxml import html

from core.web.components import load_macros
from core.web.forms import FormState

EVIL = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def _page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/gallery?page=2&kind=a", headers={"Accept-Language": "en"}):
        yield


def render(source: str, **context: object) -> html.HtmlElement:
    return html.fragment_fromstring(render_template_string(source, **context), create_parent="div")


def test_the_gallery_shows_every_macro(app: Flask) -> None:
    source, _, _ = app.jinja_env.loader.get_source(app.jinja_env, "gallery.html")  # type: ignore[union-attr]
    inside_others = {"csrf", "error_summary", "field_id", "icon"}
    missing = [
        name
        for name in load_macros(app.jinja_env)
        if f"ui.{name}(" not in source and name not in inside_others
    ]
    assert missing == []


def test_an_unknown_macro_is_named(app: Flask) -> None:
    with pytest.raises(AttributeError, match="no macro nothing"):
        app.jinja_env.globals["ui"].nothing  # noqa: B018  looking is the point


@pytest.mark.parametrize("macro", ["field", "textarea", "date"])
def test_a_field_is_tied_to_its_label_hint_and_message(macro: str) -> None:
    form = FormState({"a_b.c": "x"}, {"a_b.c": ["Too short."]})
    page = render(f'{{{{ ui.{macro}(form, "a_b.c", "Name", hint="In full") }}}}', form=form)
    control = page.get_element_by_id("field-a-b-c")
    described = [page.get_element_by_id(one).text for one in control.get("aria-describedby").split()]
    assert page.find(".//label").get("for") == "field-a-b-c"
    assert described == ["In full", "Too short."]
    assert control.get("aria-invalid") == "true"
    assert control.get("name") == "a_b.c"


def test_an_optional_field_says_so_and_a_required_one_is_marked() -> None:
    page = render(
        '{{ ui.field(form, "a", "A") }}{{ ui.field(form, "b", "B", required=false) }}', form=FormState()
    )
    first, second = page.findall(".//input")
    assert "required" in first.attrib
    assert "required" not in second.attrib
    assert page.findall(".//label")[1].text_content() == "B (optional)"


def test_a_password_is_never_written_back() -> None:
    page = render('{{ ui.field(form, "p", "P", type="password") }}', form=FormState({"p": "hemmelig"}))
    assert page.find(".//input").get("value") == ""


def test_the_summary_leads_to_the_fields() -> None:
    form = FormState({}, {"name": ["Missing."], "kind": ["Choose one."], "": ["All in all."]})
    source = """{% call ui.form_box("/x", form) %}
    {{ ui.radios(form, "kind", "Kind", (("a", "A"), ("b", "B"))) }}
    {{ ui.field(form, "name", "Name") }}{% endcall %}"""
    page = render(source, form=form)
    links = [(link.get("href"), link.text) for link in page.findall(".//a")]
    assert links == [("#field-kind", "Kind: Choose one."), ("#field-name", "Name: Missing.")]
    assert [page.get_element_by_id(href[1:]).tag for href, _ in links] == ["input", "input"]
    assert "All in all." in page.text_content()


def test_two_forms_with_the_same_fields_keep_their_ids_apart() -> None:
    forms = [FormState({}, {"name": ["Missing."]}, prefix=prefix) for prefix in ("first", "second")]
    source = '{% call ui.form_box("/x", form) %}{{ ui.field(form, "name", "Name", hint="H") }}{% endcall %}'
    ids = [one.get("id") for form in forms for one in render(source, form=form).findall(".//*[@id]")]
    assert len(ids) == len(set(ids)) == 8


def test_a_sound_form_has_no_summary() -> None:
    page = render('{% call ui.form_box("/x", form) %}{% endcall %}', form=FormState())
    assert page.find(".//h2") is None
    assert page.find('.//input[@name="csrf_token"]') is not None


def test_choices_are_marked() -> None:
    source = """
    {{ ui.select(form, "s", "S", (("G", (("1", "One"), ("2", "Two"))), ("3", "Three")), empty="") }}
    {{ ui.checkboxes(form, "c", "C", (("a", "A"), ("b", "B", "about"))) }}{{ ui.tick(form, "t", "T") }}"""
    page = render(source, form=FormState({"s": "2", "c": ["b"], "t": "on"}))
    assert [option.get("value") for option in page.findall(".//option[@selected]")] == ["2"]
    assert [box.get("value") for box in page.findall(".//input[@checked]")] == ["b", "on"]
    assert page.find(".//optgroup").get("label") == "G"


@pytest.mark.parametrize(
    "source",
    [
        '{{ ui.field(form, "a", evil, hint=evil, title=evil) }}',
        '{{ ui.textarea(form, "a", evil, hint=evil) }}',
        '{{ ui.select(form, "a", evil, ((evil, evil),), filter=true) }}',
        '{{ ui.radios(form, "a", evil, ((evil, evil, evil),)) }}',
        '{{ ui.tick(form, "a", evil, hint=evil) }}',
        "{{ ui.button(evil, name=evil) }}{{ ui.link_button(evil, evil) }}",
        '{{ ui.copy_link("x", evil, evil) }}',
        '{% call ui.confirm("x", evil, evil, evil, evil) %}{{ evil }}{% endcall %}',
        "{{ ui.tag(evil) }}{{ ui.alert(evil) }}{{ ui.progress(1, 2, evil) }}{{ ui.empty(evil, evil) }}",
        "{{ ui.table(evil, (evil, evil), ((evil, evil),)) }}{{ ui.facts(((evil, evil),)) }}",
        "{{ ui.breadcrumbs(((evil, evil),), evil) }}{{ ui.tabs(evil, ((evil, evil, true),)) }}",
        "{% call ui.card(evil, evil) %}{{ evil }}{% endcall %}",
        "{% call ui.more(evil) %}{{ evil }}{% endcall %}",
    ],
)
def test_what_people_type_never_becomes_markup(source: str) -> None:
    form = FormState({"a": EVIL}, {"a": [EVIL]})
    assert render(source, form=form, evil=EVIL).findall(".//script") == []


def test_further_arguments_become_attributes() -> None:
    page = render('{{ ui.button("B", **{"hx-post": "/x", "hx-target": "#y"}) }}')
    assert page.find(".//button").get("hx-target") == "#y"


def test_a_button_among_many_alike_says_whom_it_concerns_after_its_label() -> None:
    button = render('{{ ui.button("Remove", about=evil) }}', evil=EVIL).find(".//button")
    assert "".join(button.itertext()).strip() == f"Remove: {EVIL}"
    assert button.get("aria-label") is None


def test_a_table_names_each_cell_for_narrow_screens() -> None:
    page = render('{{ ui.table("C", ("A", "B"), (("a1", "b1"), ("a2", "b2")), numbers=(1,)) }}')
    assert [label.text for label in page.findall('.//span[@class="cards__label"]')] == ["B", "B"]
    assert [row.find("th").text for row in page.findall(".//tbody/tr")] == ["a1", "a2"]
    assert page.find(".//td").get("class") == "is-number"


@pytest.mark.parametrize(
    ("page_number", "pages", "shown"),
    [(1, 1, []), (1, 2, ["1", "2", "Next"]), (5, 9, ["Previous", "1", "4", "5", "6", "9", "Next"])],
)
def test_pagination_keeps_the_other_arguments(page_number: int, pages: int, shown: list[str]) -> None:
    page = render("{{ ui.pagination(number, pages) }}", number=page_number, pages=pages)
    links = page.findall(".//a")
    assert [link.text for link in links] == shown
    assert all("kind=a" in link.get("href") for link in links)


def test_progress_of_nothing_is_not_a_fault() -> None:
    assert render('{{ ui.progress(0, 0, "0 of 0") }}').find(".//progress").get("max") == "1"
