"""A form comes back as it was typed, with its messages."""

import pytest
from flask import Flask
from markupsafe import Markup
from marshmallow import fields as marshmallow_fields
from werkzeug.datastructures import MultiDict

from core.web.fields import Choice, Line
from core.web.forms import FormSchema, FormState, flat_messages, read_form, with_errors


class Form(FormSchema):
    name = Line(max=5, required=True)
    kinds = marshmallow_fields.List(Choice(["a", "b"]))


def test_a_good_form_is_loaded_without_its_token() -> None:
    loaded, state = read_form(
        Form(), MultiDict([("name", " Kari "), ("kinds", "a"), ("kinds", "b"), ("csrf_token", "x")])
    )
    assert loaded == {"name": "Kari", "kinds": ["a", "b"]}
    assert state.errors == {}


def test_a_bad_form_keeps_what_was_typed(app: Flask) -> None:
    with app.test_request_context():
        loaded, state = read_form(Form(), MultiDict([("name", "Kari Nordmann"), ("kinds", "z")]))
    assert loaded is None
    assert state.value("name") == "Kari Nordmann"
    assert state.error("name").startswith("Shorten the text")
    assert state.errors["kinds.0"] == ["Choose one of the alternatives."]


def test_what_only_the_service_knows_is_shown_beside_its_field() -> None:
    state = with_errors(FormState({"number": "1"}), {"number": "Already in use."})
    assert (state.value("number"), state.error("number")) == ("1", "Already in use.")


def test_the_summary_names_fields_in_the_order_of_the_page() -> None:
    state = FormState({}, {"b": ["Wrong."], "": ["Together wrong."], "a": ["Missing."]})
    state.label("a", "First")
    state.label("b", "Second")
    assert state.messages() == [("a", "First: Missing."), ("b", "Second: Wrong."), ("", "Together wrong.")]


def test_the_summary_keeps_the_language_of_a_label_and_escapes_what_is_said() -> None:
    state = FormState({}, {"a": ["<b> is no date."], "b": ["Missing."]})
    state.label("a", Markup('<span lang="nb">Dato</span>'))
    state.label("b", Markup('<span lang="nb">Når?</span>'))
    assert [message for _name, message in state.messages()] == [
        '<span lang="nb">Dato</span>: &lt;b&gt; is no date.',
        '<span lang="nb">Når?</span> Missing.',
    ]


def test_choices_from_forms_and_from_stored_values() -> None:
    state = FormState({"one": 3, "many": ["a", "b"], "yes": True, "no": "", "on": "on"})
    assert state.chosen("one", "3")
    assert state.chosen("many", "b")
    assert not state.chosen("many", "c")
    assert not state.chosen("nothing", "")
    assert (state.ticked("yes"), state.ticked("on"), state.ticked("no"), state.ticked("nothing")) == (
        True,
        True,
        False,
        False,
    )


def test_u0000_is_never_echoed() -> None:
    assert FormState({"name": "a\0b"}).value("name") == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize(
    ("messages", "flat"),
    [
        ({"a": ["x"]}, {"a": ["x"]}),
        ({"_schema": ["x"]}, {"": ["x"]}),
        ({"a": {0: {"b": ["x"]}}}, {"a.0.b": ["x"]}),
        ({"a": {"_schema": ["x"]}}, {"a": ["x"]}),
    ],
)
def test_messages_of_any_depth(messages: dict, flat: dict) -> None:
    assert dict(flat_messages(messages)) == flat
