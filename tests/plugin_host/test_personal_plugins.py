"""A plugin that keeps something about people must say why and for how long, hand it out and erase it."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.database import SHARED_METADATA, Owned, PluginTables
from core.kernel.personal import NAME, personal
from core.plugin_host.privacy import Outcome, PersonalColumn, PersonalData, PersonKey, Retention
from core.testing.contract import complaints_about, start_with
from tests.plugin_host.test_bad_plugins import WORDS, clean_metadata, module, stranger_base

__all__ = ["clean_metadata"]


class Named:
    """A column of a stranger's table that holds a name, and one of which nothing is said."""

    name: Mapped[str] = mapped_column(info=personal(NAME))
    nickname: Mapped[str]


def with_a_personal_table(*functions: Any) -> Callable[[], ModuleType]:
    made: list[type] = []

    def load() -> ModuleType:
        base = PluginTables.bases.get("stranger") or stranger_base()
        table = SHARED_METADATA.tables.get("stranger_named")
        made.extend(
            []
            if table is not None
            else [type("Named", (Named, Owned, base), {"__tablename__": "stranger_named"})]
        )
        return module("stranger", *functions, __file__="nowhere/plugin.py")

    return load


def export_person(who: PersonKey) -> list[Any]:
    return []


def erase_person(who: PersonKey, dry_run: bool) -> list[Any]:
    return []


def data_in(*columns: str) -> Callable[[], list[PersonalData]]:
    def register_personal_data() -> list[PersonalData]:
        named = tuple(PersonalColumn(one, WORDS) for one in columns)
        kept = Retention(WORDS)
        return [
            PersonalData("stranger.names", WORDS, WORDS, WORDS, WORDS, kept, Outcome.ERASE, columns=named)
        ]

    return register_personal_data


@pytest.mark.usefixtures("clean_metadata")
def test_personal_data_that_cannot_be_handed_out_or_erased() -> None:
    load = with_a_personal_table(export_person)
    assert (
        start_with({"stranger": load})
        .unavailable["stranger"]
        .endswith(
            "stranger keeps personal data (stranger_named.name): add register_personal_data, erase_person"
        )
    )


@pytest.mark.usefixtures("clean_metadata")
def test_a_personal_column_without_purpose_and_period() -> None:
    load = with_a_personal_table(export_person, erase_person, data_in())
    assert (
        start_with({"stranger": load})
        .unavailable["stranger"]
        .endswith("register_personal_data does not name stranger_named.name")
    )


@pytest.mark.usefixtures("clean_metadata")
def test_a_period_for_a_column_that_nobody_marked() -> None:
    load = with_a_personal_table(
        export_person, erase_person, data_in("stranger_named.name", "stranger_named.id")
    )
    assert "stranger_named.id, which no table marks" in start_with({"stranger": load}).unavailable["stranger"]


@pytest.mark.usefixtures("clean_metadata")
def test_the_kit_asks_about_a_column_of_which_nothing_is_said() -> None:
    load = with_a_personal_table(export_person, erase_person, data_in("stranger_named.name"))
    assert complaints_about("stranger", load) == [
        "stranger: say of stranger_named.nickname whether it is personal(...) or impersonal(why), in its info"
    ]
