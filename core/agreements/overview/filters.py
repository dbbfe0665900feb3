"""What a list of agreements is filtered by, as it stands in the address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from marshmallow import ValidationError
from marshmallow.fields import List
from werkzeug.datastructures import MultiDict

from core.agreements.states import TITLES, Status
from core.plugin_host.wording import Wording
from core.web.fields import Choice, Day, Line, WholeNumber
from core.web.forms import FormSchema, FormState, read_form

LONGEST_SEARCH: Final = 100
LONGEST_WAIT_DAYS: Final = 3650
ME: Final = "me"

FIELDS: Final[Mapping[str, Wording]] = {
    "q": Wording(nb="Ord", da="Ord", en="Words"),
    "status": Wording(nb="Status", da="Status", en="Status"),
    "type": Wording(nb="Avtaletype", da="Aftaletype", en="Type of agreement"),
    "unit": Wording(nb="Enhet", da="Afdeling", en="Unit"),
    "adviser": Wording(nb="Veileder", da="Sagsbehandler", en="Adviser"),
    "sector": Wording(
        nb="Privat eller offentlig part", da="Privat eller offentlig part", en="Private or public party"
    ),
    "begins_from": Wording(nb="Begynner tidligst", da="Begynder tidligst", en="Begins on or after"),
    "begins_to": Wording(nb="Begynner senest", da="Begynder senest", en="Begins on or before"),
    "ends_from": Wording(nb="Slutter tidligst", da="Slutter tidligst", en="Ends on or after"),
    "ends_to": Wording(nb="Slutter senest", da="Slutter senest", en="Ends on or before"),
    "ends_within": Wording(
        nb="Slutter innen så mange dager",
        da="Slutter inden for så mange dage",
        en="Ends within so many days",
    ),
}
SECTORS: Final[Mapping[str, Wording]] = {
    "private": Wording(nb="Privat", da="Privat", en="Private"),
    "public": Wording(nb="Offentlig", da="Offentlig", en="Public"),
}
COLUMNS: Final[Mapping[str, Wording]] = {
    "status": Wording(nb="Status", da="Status", en="Status"),
    "parties": Wording(nb="Parter", da="Parter", en="Parties"),
    "type": Wording(nb="Avtaletype", da="Aftaletype", en="Type of agreement"),
    "starts": Wording(nb="Fra", da="Fra", en="From"),
    "ends": Wording(nb="Til", da="Til", en="Until"),
    "unit": Wording(nb="Enhet", da="Afdeling", en="Unit"),
    "adviser": Wording(nb="Veileder", da="Sagsbehandler", en="Adviser"),
    "changed": Wording(nb="Sist endret", da="Senest ændret", en="Last changed"),
}
USUAL_COLUMNS: Final = ("status", "parties", "type", "ends")
SORTS: Final[Mapping[str, Wording]] = {
    "changed": Wording(nb="Sist endret først", da="Senest ændret først", en="Last changed first"),
    "title": Wording(nb="Tittel", da="Titel", en="Title"),
    "party": Wording(nb="Part", da="Part", en="Party"),
    "status": Wording(nb="Status", da="Status", en="Status"),
    "ends": Wording(nb="Slutter først", da="Slutter først", en="Ends first"),
}


@dataclass(frozen=True)
class Choices:
    """What can be chosen here; each maps a key to its text."""

    types: Mapping[str, str]
    units: Mapping[str, str]
    advisers: Mapping[str, str]


@dataclass(frozen=True)
class Filters:
    """What is asked for; empty fields ask for nothing. Fields are named as in the address."""

    q: str = ""
    status: tuple[str, ...] = ()
    type: str = ""
    unit: str = ""
    adviser: str = ""
    sector: str = ""
    begins_from: date | None = None
    begins_to: date | None = None
    ends_from: date | None = None
    ends_to: date | None = None
    ends_within: int | None = None
    columns: tuple[str, ...] = USUAL_COLUMNS
    sort: str = "changed"

    @property
    def names(self) -> list[str]:
        """The filters that are set; columns and order are none."""
        return [name for name in FIELDS if getattr(self, name)]

    @property
    def unit_id(self) -> UUID | None:
        """The unit that is asked for."""
        return UUID(self.unit) if self.unit else None

    @property
    def asked(self) -> dict[str, list[str]]:
        """Names and values as they stand in an address: only what differs from the usual list."""
        usual = Filters()
        differing = {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if getattr(self, one.name) != getattr(usual, one.name)
        }
        return {name: [_written(one) for one in _several(value)] for name, value in differing.items()}

    @property
    def address(self) -> str:
        """What stands after the question mark, the same for the same selection."""
        return urlencode(self.asked, doseq=True)

    def without(self, name: str, value: str = "") -> "Filters":
        """The same without one filter, or without one of its values."""
        left: Any = getattr(Filters(), name)
        if value:
            left = tuple(one for one in getattr(self, name) if one != value)
        return replace(self, **{name: left})

    def cleared(self) -> "Filters":
        """Columns and order alone."""
        return Filters(columns=self.columns, sort=self.sort)


@dataclass(frozen=True)
class Chip:
    """One filter that is set, as it reads, and the address without it."""

    text: str
    address: str


def chips(filters: Filters, choices: Choices, language: str) -> list[Chip]:
    """One chip for each filter; one for each status."""
    found = []
    for name in filters.names:
        label, value = FIELDS[name].in_language(language), getattr(filters, name)
        for one in _several(value):
            text = f"{label}: {_reads(name, one, choices, language)}"
            found.append(Chip(text, filters.without(name, one if name == "status" else "").address))
    return found


def _reads(name: str, value: Any, choices: Choices, language: str) -> str:
    written = _written(value)
    texts: dict[str, Mapping[str, str]] = {
        "status": {one.value: TITLES[one].in_language(language) for one in Status},
        "sector": {key: one.in_language(language) for key, one in SECTORS.items()},
        "type": choices.types,
        "unit": choices.units,
        "adviser": choices.advisers,
    }
    return texts.get(name, {}).get(written, written)


def read_filters(arguments: MultiDict[str, str], choices: Choices) -> tuple[Filters, FormState]:
    """What an address asks for. What is wrong in it asks for nothing and has its message in the form."""
    schema = _form(choices)
    loaded, state = read_form(schema, arguments)
    if loaded is None:
        try:
            schema.load(dict(state.values))
        except ValidationError as error:
            loaded = {name: value for name, value in _right(error).items() if name not in state.errors}
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in _set(loaded)
    }
    filters = Filters(**given)
    shown = {one.name: getattr(filters, one.name) for one in fields(filters)}
    wrong = {name: state.values.get(name) for name in state.errors}
    return filters, FormState(shown | wrong, state.errors)


def _right(error: ValidationError) -> dict[str, Any]:
    return dict(error.valid_data) if isinstance(error.valid_data, dict) else {}


def _set(loaded: Mapping[str, Any] | None) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in (loaded or {}).items() if value)


def _form(choices: Choices) -> FormSchema:
    days = {name: Day() for name in FIELDS if name.endswith(("_from", "_to"))}
    form: FormSchema = FormSchema.from_dict(  # type: ignore[assignment]
        {
            "q": Line(max=LONGEST_SEARCH),
            "status": List(Choice([one.value for one in Status])),
            "type": Choice(choices.types),
            "unit": Choice(choices.units),
            "adviser": Choice(choices.advisers),
            "sector": Choice(SECTORS),
            "ends_within": WholeNumber(min=1, max=LONGEST_WAIT_DAYS),
            "columns": List(Choice(COLUMNS)),
            "sort": Choice(SORTS),
            **days,
        }
    )()
    return form


def _several(value: Any) -> Iterable[Any]:
    return value if isinstance(value, tuple) else (value,)


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
