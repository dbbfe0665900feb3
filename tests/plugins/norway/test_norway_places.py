from collections import Counter

from plugins.norway.places import counties, municipalities, municipalities_with_districts
from plugins.norway.plugin import MANIFEST, register_tenant_kinds

PER_COUNTY = {
    "Agder": 25,
    "Akershus": 21,
    "Buskerud": 18,
    "Finnmark": 18,
    "Innlandet": 46,
    "Møre og Romsdal": 27,
    "Nordland": 41,
    "Oslo": 1,
    "Rogaland": 23,
    "Telemark": 17,
    "Troms": 21,
    "Trøndelag": 38,
    "Vestfold": 6,
    "Vestland": 43,
    "Østfold": 12,
}


def test_every_municipality_is_there_under_its_county() -> None:
    assert len(municipalities()) == 357
    assert Counter(place.parent for place in municipalities()) == PER_COUNTY


def test_codes_have_four_digits_and_are_unique() -> None:
    codes = [place.code for place in municipalities()]
    assert len(set(codes)) == 357
    assert all(len(code) == 4 and code.isdigit() for code in codes)


def test_no_two_municipalities_look_the_same() -> None:
    assert len({place.name for place in municipalities()}) == 357
    assert {place.name for place in municipalities() if place.name.startswith(("Herøy", "Våler"))} == {
        "Herøy (Møre og Romsdal)",
        "Herøy (Nordland)",
        "Våler (Innlandet)",
        "Våler (Østfold)",
    }


def test_there_are_fifteen_counties_with_oslo_among_them() -> None:
    assert {place.name for place in counties()} == set(PER_COUNTY)
    assert len({place.code for place in counties()}) == 15
    assert {place.name: place.code for place in counties()}["Oslo"] == "03"


def test_four_municipalities_have_city_districts() -> None:
    assert [place.name for place in municipalities_with_districts()] == [
        "Bergen",
        "Oslo",
        "Stavanger",
        "Trondheim",
    ]


def test_the_lists_stand_in_norwegian_alphabetical_order() -> None:
    names = [place.name for place in municipalities()]
    assert names[0] == "Alstahaug"
    assert names[-1] == "Åsnes"
    assert names.index("Øystre Slidre") < names.index("Ål") < names.index("Ålesund")
    assert [place.name for place in counties()][-1] == "Østfold"


def test_every_kind_bears_the_name_of_the_plugin_and_speaks_norwegian() -> None:
    kinds = register_tenant_kinds()
    assert [kind.key for kind in kinds] == ["norway.municipality", "norway.city_district", "norway.county"]
    for kind in kinds:
        assert kind.key.startswith(f"{MANIFEST.name}.")
        assert (kind.country, kind.language, kind.timezone) == ("NO", "nb", "Europe/Oslo")
        assert kind.office_word is None


def test_only_a_city_district_asks_for_the_name_of_the_district() -> None:
    districts = {kind.key: kind.district for kind in register_tenant_kinds()}
    assert districts.pop("norway.city_district").in_language("nb") == "Bydel"
    assert set(districts.values()) == {None}


def test_plugins_are_suggested_to_those_who_serve_participants() -> None:
    suggested = {kind.key: kind.suggested_plugins for kind in register_tenant_kinds()}
    assert suggested["norway.municipality"] == ("no_work_training", "no_introduction")
    assert suggested["norway.city_district"] == suggested["norway.municipality"]
    assert suggested["norway.county"] == ("no_introduction",)


def test_the_same_kinds_are_declared_twice() -> None:
    assert register_tenant_kinds() == register_tenant_kinds()
