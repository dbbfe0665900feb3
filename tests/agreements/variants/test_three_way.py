"""Taking in a newer edition loses nothing: what is not decided stays, what is decided is what stands."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from core.agreements.declaration_content import Content, content_of, read_content
from core.agreements.declarations import load_type
from core.agreements.variants import editing
from core.agreements.variants.three_way import Choice, changes, merged
from core.agreements.variants.units import Name, units_of, with_unit

FOLDER = Path("plugins/no_work_training/agreement_types/intention_agreement/2026-1")
BASE = content_of(load_type(Path(__file__).parents[3] / FOLDER, "no_work_training"))
FREE = sorted(
    name
    for name, unit in units_of(BASE).items()
    if name.group == "clauses" and not unit["declared"]["required"]
)
EDITS = st.dictionaries(st.sampled_from(FREE), st.sampled_from(["Én tekst.", "To tekster.", ""]), max_size=8)


def edited(edits: dict[Name, str]) -> Content:
    """The content with other texts, and without the clauses whose text is empty."""
    made = BASE
    for name, text in edits.items():
        unit = units_of(BASE)[name]
        words = {language: said | {"text": text} for language, said in unit["words"].items()}
        made = with_unit(made, name, unit | {"words": words} if text else None, like=BASE)
    return made


@settings(max_examples=60, deadline=None)
@given(theirs=EDITS, mine=EDITS, data=st.data())
def test_nothing_is_lost(theirs: dict[Name, str], mine: dict[Name, str], data: st.DataObject) -> None:
    new, own = edited(theirs), edited(mine)
    found = changes(BASE, new, own)
    chosen = {one.name: data.draw(st.sampled_from(Choice)) for one in found}
    result = units_of(merged(BASE, new, own, chosen))
    for one in found:
        wanted = one.new if chosen[one.name] is Choice.NEW else one.own
        assert result.get(one.name) == wanted
    untouched = {name: unit for name, unit in units_of(own).items() if name not in chosen}
    assert {name: result.get(name) for name in untouched} == untouched
    assert set(result) <= set(units_of(own)) | set(units_of(new))


@given(mine=EDITS)
@settings(max_examples=20, deadline=None)
def test_taking_everything_new_of_an_untouched_copy_gives_the_new_edition(mine: dict[Name, str]) -> None:
    new = edited(mine)
    chosen = dict.fromkeys((one.name for one in changes(BASE, new)), Choice.NEW)
    assert merged(BASE, new, BASE, chosen) == new


def test_a_section_comes_with_its_clauses_and_goes_with_them() -> None:
    section = {"declared": {"key": "safety", "required": False}, "words": {"nb": {"title": "Trygghet"}}}
    clause = {
        "declared": {"key": "safety.first", "included": True},
        "words": {"nb": {"text": "Vi er trygge."}},
    }
    grown = with_unit(BASE, Name("sections", "safety"), section, like=BASE)
    grown = with_unit(grown, Name("clauses", "safety.first"), clause, like=BASE)
    for old, new in ((BASE, grown), (grown, BASE)):
        chosen = dict.fromkeys((one.name for one in changes(old, new)), Choice.NEW)
        result = merged(old, new, old, chosen)
        assert units_of(result) == units_of(new)
        assert read_content(result, "no_work_training")


def test_what_is_new_comes_where_the_new_edition_has_it() -> None:
    without = with_unit(BASE, Name("clauses", "interviews.feedback"), None, like=BASE)
    own = editing.moved(without, "clauses", "interviews.own_day", -1)
    result = merged(without, BASE, own, {Name("clauses", "interviews.feedback"): Choice.NEW})
    clauses = [one["key"] for one in editing.find(result, "sections", "interviews")["clauses"]]
    assert clauses.index("interviews.feedback") > clauses.index("interviews.after_meeting")


def test_a_type_is_the_same_after_it_was_stored() -> None:
    for folder in sorted((Path(__file__).parents[3] / "plugins").glob("*/agreement_types/*/*")):
        kind = load_type(folder, folder.parts[-4])
        assert content_of(read_content(content_of(kind), kind.plugin)) == content_of(kind), folder
