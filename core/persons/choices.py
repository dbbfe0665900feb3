"""What can be chosen on the form of a person: what they are, who works with them."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from core.access import directory
from core.access import service as access
from core.persons.schemas import number_form, person_form
from core.persons.service import Entry, person_number
from core.persons.wordings import SHIELDS, kind_titles
from core.plugin_host.declarations import NumberCheck
from core.tenancy.service import current_tenant
from core.tenancy.units import units
from core.web.forms import FormSchema
from core.web.languages import LANGUAGES, current_language

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Choices:
    """Options of every choice on the form, as (key, text); ``number`` is how people are numbered here."""

    kinds: Options
    advisers: Options
    units: Options
    languages: Options
    shields: Options
    number: NumberCheck | None

    def form(self) -> FormSchema:
        """The form that asks for one of these."""
        return person_form(
            kinds=[key for key, _text in self.kinds],
            advisers=[key for key, _text in self.advisers],
            units=[key for key, _text in self.units],
            country=current_tenant().country,
            check=self.number,
        )


def choices() -> Choices:
    """What can be chosen by the signed-in member."""
    language = current_language()
    shields = [(key, title.in_language(language)) for key, title in SHIELDS.items()]
    return Choices(
        kinds=list(kind_titles(language).items()),
        advisers=_advisers(),
        units=[(str(unit.id), unit.name) for unit in units(closed=True)],
        languages=list(LANGUAGES.items()),
        shields=[("", _("Not protected")), *shields],
        number=person_number(),
    )


def _advisers() -> Options:
    me = access.require_member()
    if not access.decide("people:read").allowed:
        return [(str(me.account_id), me.name)]
    return [(str(account_id), name) for account_id, name in directory.to_choose_from()]


def entry_of(loaded: dict[str, object]) -> Entry:
    """What a loaded form says. A number that was left empty stays as it is, unless it is to be forgotten."""
    values = {
        name: value for name, value in loaded.items() if name not in {"adviser", "unit", "forget_number"}
    }
    if loaded["forget_number"]:
        values["national_id"] = ""
    elif not loaded["national_id"]:
        values["national_id"] = None
    adviser, unit = (UUID(str(loaded[name])) if loaded[name] else None for name in ("adviser", "unit"))
    return Entry(**values, adviser_id=adviser, unit_id=unit)  # type: ignore[arg-type]


def number_search() -> FormSchema:
    """The search for an exact number, as people here are numbered."""
    return number_form(person_number())


def ways(possible: list[str]) -> Options:
    """How something can be sent, in words."""
    words = {"email": _("By e-mail"), "sms": _("By text message")}
    return [(way, words[way]) for way in possible]
