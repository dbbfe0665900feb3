from collections import Counter
from datetime import UTC, date, datetime

import pytest

from core.kernel.clock import frozen
from core.sdk import TenantKind
from plugins.denmark.places import municipalities_on, regions_on
from plugins.denmark.plugin import MANIFEST, register_tenant_kinds

LAST_DAY = date(2026, 12, 31)
NEW_YEAR = date(2027, 1, 1)


@pytest.mark.parametrize("day", [LAST_DAY, NEW_YEAR])
def test_every_municipality_is_there_once(day: date) -> None:
    places = municipalities_on(day)
    assert len(places) == 98
    assert len({place.code for place in places}) == 98
    assert len({(place.name, place.parent) for place in places}) == 98
    assert all(len(place.code) == 4 and place.code.isdigit() for place in places)


def test_five_regions_until_the_end_of_2026() -> None:
    assert [(place.code, place.name) for place in regions_on(LAST_DAY)] == [
        ("1084", "Region Hovedstaden"),
        ("1082", "Region Midtjylland"),
        ("1081", "Region Nordjylland"),
        ("1085", "Region Sjælland"),
        ("1083", "Region Syddanmark"),
    ]


def test_four_regions_from_2027_with_unique_codes() -> None:
    places = regions_on(NEW_YEAR)
    assert [place.name for place in places] == [
        "Region Midtjylland",
        "Region Nordjylland",
        "Region Syddanmark",
        "Region Østdanmark",
    ]
    assert len({place.code for place in places}) == 4


def test_municipalities_follow_their_region_into_the_new_one() -> None:
    assert Counter(place.parent for place in municipalities_on(LAST_DAY)) == {
        "Region Hovedstaden": 29,
        "Region Midtjylland": 19,
        "Region Nordjylland": 11,
        "Region Sjælland": 17,
        "Region Syddanmark": 22,
    }
    assert Counter(place.parent for place in municipalities_on(NEW_YEAR)) == {
        "Region Midtjylland": 19,
        "Region Nordjylland": 11,
        "Region Syddanmark": 22,
        "Region Østdanmark": 46,
    }


@pytest.mark.parametrize(
    ("instant", "count"),
    [(datetime(2026, 12, 31, 22, 59, tzinfo=UTC), 5), (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), 4)],
)
def test_the_list_changes_at_midnight_in_copenhagen(instant: datetime, count: int) -> None:
    with frozen(instant):
        assert len(kind("denmark.region").places) == count


def test_the_list_stands_in_danish_alphabetical_order_with_aa_as_one_letter() -> None:
    names = [place.name for place in municipalities_on(LAST_DAY)]
    assert names[0] == "Albertslund"
    assert names[-4:] == ["Ærø", "Aabenraa", "Aalborg", "Aarhus"]


def test_a_municipality_chooses_its_own_word_for_the_office_and_a_region_has_none() -> None:
    assert kind("denmark.municipality").office_word.in_language("da") == "jobcenter"
    assert kind("denmark.region").office_word is None


def test_every_kind_bears_the_name_of_the_plugin_and_speaks_danish() -> None:
    for declared in register_tenant_kinds():
        assert declared.key.startswith(f"{MANIFEST.name}.")
        assert (declared.country, declared.language, declared.timezone) == ("DK", "da", "Europe/Copenhagen")
        assert declared.district is None


def test_the_company_centre_is_suggested_to_municipalities() -> None:
    assert kind("denmark.municipality").suggested_plugins == ("dk_company_centre",)


def test_the_same_kinds_are_declared_twice() -> None:
    assert register_tenant_kinds() == register_tenant_kinds()


def kind(key: str) -> TenantKind:
    return next(declared for declared in register_tenant_kinds() if declared.key == key)
