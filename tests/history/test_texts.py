"""Every action that is recorded anywhere, and every kind of subject, is said in plain words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from core.agreements.catalogue import all_types
from core.history.texts import action_in_words, all_actions, all_subjects, field_in_words
from core.plugin_host.host import Host

ROOT = Path(__file__).parents[2]
FILES = [
    file
    for room in ("core", "tenants", "plugins")
    for file in sorted((ROOT / room).rglob("*.py"))
    if not file.is_relative_to(ROOT / "core" / "testing")
]
TREES = {file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8")) for file in FILES}
ACTION = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def constants(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def wrappers() -> set[str]:
    """Functions that record an action which their callers name."""
    found = set()
    for tree in TREES.values():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            given = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
            recorded = [call.args[0] for call in calls(function) if name_of(call) == "record" and call.args]
            if any(isinstance(one, ast.Name) and one.id in given for one in recorded):
                found.add(function.name)
    return found - {"record"}


def recorded() -> dict[str, str]:
    """Each action that some file records, with the file."""
    passing_on = wrappers()
    found = {}
    for file, tree in TREES.items():
        for call in calls(tree):
            if name_of(call) == "record" and call.args:
                named = [text for text in constants(call.args[0]) if ACTION.fullmatch(text)]
            elif name_of(call) in passing_on:
                arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
                named = [text for one in arguments for text in constants(one) if ACTION.fullmatch(text)]
            else:
                continue
            found |= dict.fromkeys(named, file)
    return found


def kinds() -> dict[str, str]:
    """Each kind of subject that some file writes about, with the file."""
    found = {}
    for file, tree in TREES.items():
        for call in calls(tree):
            place = {"record": 1, "looked_at": 0}.get(name_of(call))
            if place is not None and len(call.args) > place:
                found |= dict.fromkeys(constants(call.args[place]), file)
    return found


def test_the_search_for_actions_finds_them() -> None:
    assert {"agreement.sent", "agreement.clause_left_out", "member.ended"} <= set(recorded())
    assert {"agreement", "tenant", "membership"} <= set(kinds())


def test_every_action_is_said_in_words(app: Flask) -> None:
    missing = {action: file for action, file in recorded().items() if action not in all_actions()}
    assert not missing, (
        "declare an ActionText in the history.py of the room (register_actions): "
        + ", ".join(f"{action} ({file})" for action, file in sorted(missing.items()))
    )


def test_every_kind_of_subject_is_said_in_words(app: Flask) -> None:
    missing = {kind: file for kind, file in kinds().items() if kind not in all_subjects()}
    assert not missing, f"declare a SubjectText (register_actions): {missing}"


def test_no_action_and_no_kind_is_declared_twice(app: Flask) -> None:
    host: Host = app.extensions["fotfeste_host"]
    said = [one.value for one in host.declared("register_actions")]
    keys = [getattr(text, "action", "") or text.kind for text in said]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", ["nb", "da", "en"])
def test_a_text_goes_on_after_a_name(app: Flask, language: str) -> None:
    for action in all_actions():
        words = action_in_words(all_actions(), action, language)
        assert words[0].islower(), f"{action}: {words}"
        assert not words.endswith("."), f"{action}: {words}"


def test_what_nobody_declares_any_more_is_shown_as_it_was_stored(app: Flask) -> None:
    assert action_in_words(all_actions(), "gone.done", "en") == "gone.done"
    assert action_in_words(all_actions(), "gone.read", "da") == "så på"
    assert field_in_words(None, "some_field", "nb") == "some field"


def test_a_blank_of_an_agreement_goes_by_its_label_and_a_clause_by_its_heading(app: Flask) -> None:
    subject = all_subjects()["agreement"]
    kind = next(one for one in all_types() if "nb" in one.text_languages)
    texts = [one.text("nb") for one in all_types() if "nb" in one.text_languages]
    labels = {one.label for text in texts for one in text.placeholders}
    assert field_in_words(subject, kind.placeholders[0].key, "nb") in labels
    headings = {one.title for text in texts for one in text.sections}
    assert field_in_words(subject, kind.sections[0].clauses[0].key, "nb") in headings
    assert field_in_words(subject, "sent_at", "nb") == "sendt"


ASKED_OF_THE_ROOM = {("support_visit", "")}
"""Fields whose words are not declared: a visit names the page that was opened."""


def fields() -> set[tuple[str, str]]:
    """Each field that some file names itself, with the kind of subject that it belongs to."""
    found = set()
    for tree in TREES.values():
        for call in calls(tree):
            place = {"record": 1, "looked_at": 0}.get(name_of(call))
            named = [keyword.value for keyword in call.keywords if keyword.arg == "fields"]
            if place is not None and len(call.args) > place and named:
                lists = [one for one in named if isinstance(one, ast.List | ast.Tuple)]
                words = [text for one in lists for text in constants(one)]
                found |= {(kind, word) for kind in constants(call.args[place]) for word in words}
    return found


def test_every_field_that_the_log_names_is_said_in_words(app: Flask) -> None:
    subjects, found = all_subjects(), fields()
    assert len(found) > 30
    silent = {
        (kind, field)
        for kind, field in found
        if field not in subjects[kind].fields and field not in app.extensions["fotfeste_host"].manifests
    }
    assert sorted(silent - ASKED_OF_THE_ROOM) == []
