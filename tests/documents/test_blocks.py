import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.blocks import (
    BlockError,
    BulletList,
    Paragraph,
    Placeholder,
    Text,
    fill,
    from_json,
    parse,
    placeholders,
    to_html,
    to_json,
    to_plain,
    to_source,
)

fragments = st.sampled_from([*"ab1_ -*{}\\<&\n\r\té", "{name}", "- ", "\n\n", "*word*"])
notation = st.lists(fragments, max_size=30).map("".join)
anything = st.one_of(st.text(max_size=80), notation)


def label(key: str) -> str:
    return f"[{key}]"


def test_paragraphs_lists_emphasis_and_placeholders_are_read() -> None:
    blocks = parse(
        "The *employer* offers\n{places} places.\n\nWe agree:\n- first\n  and more\n- *second*\nThe end"
    )
    assert blocks == (
        Paragraph(
            (
                Text("The "),
                Text("employer", emphasis=True),
                Text(" offers "),
                Placeholder("places"),
                Text(" places."),
            )
        ),
        Paragraph((Text("We agree:"),)),
        BulletList(((Text("first and more"),), (Text("second", emphasis=True),))),
        Paragraph((Text("The end"),)),
    )


def test_an_emphasised_placeholder_keeps_its_emphasis_when_filled() -> None:
    blocks = fill(parse("Paid by *{payer} alone*"), {"payer": "the employer"})
    assert blocks == (Paragraph((Text("Paid by "), Text("the employer alone", emphasis=True))),)


def test_a_backslash_takes_a_character_as_it_is() -> None:
    assert to_plain(parse(r"\{name\} \*not emphasised\* C:\temp")) == r"{name} *not emphasised* C:\temp"
    assert parse(r"\- no list") == (Paragraph((Text("- no list"),)),)


@pytest.mark.parametrize("text", ["{Name}", "{}", "a { b", "a } b", "{two words}"])
def test_declared_text_with_a_lone_brace_is_refused(text: str) -> None:
    with pytest.raises(BlockError, match="line 3: a brace belongs to a placeholder"):
        parse(f"first\n\n{text}")
    assert to_plain(parse(text, lenient=True)) == text


@pytest.mark.parametrize("text", ["*open", "2 * 3", "a* b", "half*word"])
def test_declared_text_with_a_lone_star_is_refused(text: str) -> None:
    with pytest.raises(BlockError) as refused:
        parse(f"first\n{text}")
    assert (refused.value.line, "this star has no partner" in refused.value.message) == (2, True)
    assert to_plain(parse(text, lenient=True)) == text


def test_sums_typed_by_a_person_are_not_emphasis() -> None:
    assert parse("2 * 3 = 6 and 2*3*4 = 24", lenient=True) == (
        Paragraph((Text("2 * 3 = 6 and 2*3*4 = 24"),)),
    )


def test_filling_leaves_unknown_placeholders_and_never_reads_notation_in_values() -> None:
    blocks = fill(parse("{one} and {two}"), {"one": "*{two}*"})
    assert placeholders(blocks) == {"two"}
    assert to_plain(blocks) == "*{two}* and {two}"


def test_a_filled_value_keeps_its_line_breaks_on_the_page() -> None:
    html = to_html(fill(parse("{address}"), {"address": "Storgata 1\n<0155> Oslo"}), label)
    assert html == "<p>Storgata 1<br>&lt;0155&gt; Oslo</p>"


def test_html_marks_what_is_unfilled_and_escapes_its_label() -> None:
    html = to_html(parse("- *for {name}*"), lambda key: f"<{key}>")
    assert html == '<ul><li><em>for </em><em><mark class="placeholder">&lt;name&gt;</mark></em></li></ul>'


@pytest.mark.parametrize(
    "stored", [[{"kind": "table"}], [{}], ["text"], [{"kind": "paragraph", "runs": [{"text": 1}]}]]
)
def test_what_was_not_stored_by_us_is_refused(stored: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="not stored blocks"):
        from_json(stored)


@given(anything)
def test_no_text_crashes_lenient_reading_and_stored_blocks_come_back(text: str) -> None:
    blocks = parse(text, lenient=True)
    assert from_json(json.loads(json.dumps(to_json(blocks)))) == blocks


@given(anything)
def test_strict_reading_agrees_with_lenient_or_names_a_line(text: str) -> None:
    try:
        blocks = parse(text)
        line = 1
    except BlockError as refused:
        blocks, line = parse(text, lenient=True), refused.line
    assert blocks == parse(text, lenient=True)
    assert 1 <= line <= len(re.split("\r\n|\r|\n", text))


@given(anything)
def test_the_source_of_blocks_reads_back_to_the_same_blocks(text: str) -> None:
    blocks = parse(text, lenient=True)
    assert parse(to_source(blocks), lenient=True) == blocks


@given(anything, st.text(max_size=20))
def test_html_never_holds_markup_that_a_person_typed(text: str, value: str) -> None:
    html = to_html(fill(parse(text, lenient=True), {"name": value}), lambda _key: value)
    ours = {"p", "/p", "ul", "/ul", "li", "/li", "em", "/em", "br", 'mark class="placeholder"', "/mark"}
    assert set(re.findall(r"<([^>]*)", html)) <= ours
