"""The clauses of an agreement as one can choose among them: number and heading, and how each begins."""

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

from core.documents.blocks import from_json, to_plain

LONGEST_BEGINNING = 70


def clause_titles(content: Mapping[str, Any]) -> dict[str, str]:
    """What each clause goes by, by its key, in the order of the agreement."""
    return {
        clause["key"]: f"{section['number']} {section['title']}: {_beginning(clause)}"
        for section in content["sections"]
        for clause in section["clauses"]
    }


def clause_texts(content: Mapping[str, Any]) -> dict[str, str]:
    """The whole text of each clause, by its key."""
    return {
        clause["key"]: to_plain(from_json(clause["blocks"]))
        for section in content["sections"]
        for clause in section["clauses"]
    }


def _beginning(clause: Mapping[str, Any]) -> str:
    return shorten(to_plain(from_json(clause["blocks"])), LONGEST_BEGINNING, placeholder=" …")
