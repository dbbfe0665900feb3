"""What people outside the organisation add through the hooks: what they can be, pages, a door in the menu."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint

from core.persons.handing_over import hand_over
from core.persons.history import HISTORY
from core.persons.personal.declared import declared
from core.persons.personal.erasing import erase, expired
from core.persons.personal.reading import export, people
from core.persons.request_views import asked
from core.persons.views import register
from core.persons.visit_views import visit
from core.plugin_host.declarations import (
    ActionText,
    HandedOver,
    MenuEntry,
    Role,
    SubjectText,
)
from core.plugin_host.manifest import Manifest
from core.plugin_host.privacy import Erasure, PersonalData, PersonFound, PersonKey, PersonRecord
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording

MANIFEST = Manifest(
    name="persons",
    title=Wording(nb="Deltakere og kontakter", da="Deltagere og kontakter", en="Participants and contacts"),
    summary=Wording(
        nb="Folk utenfor virksomheten, og hvordan de får se sitt eget.",
        da="Personer uden for organisationen, og hvordan de får deres eget at se.",
        en="People outside the organisation, and how they see what is theirs.",
    ),
    version="1",
    personal_data=(
        "name",
        "e-mail address",
        "phone",
        "address",
        "date of birth",
        "national identity number",
        "health",
        "family",
    ),
)

_OWN = frozenset({"own:person:read", "related:agreement:read"})


@hook
def hand_over_work(from_account: UUID, to_account: UUID, dry_run: bool) -> list[HandedOver]:  # noqa: FBT001
    """Those whom an adviser follows up."""
    return hand_over(from_account, to_account, dry_run=dry_run)


@hook
def register_roles() -> list[Role]:
    """What somebody from outside can be; each sees only what concerns them."""
    return [
        Role(
            "persons.participant",
            Wording(nb="Deltaker", da="Deltager", en="Participant"),
            _OWN,
            outside=True,
        ),
        Role(
            "persons.employer_contact",
            Wording(nb="Kontakt hos arbeidsgiver", da="Kontakt hos arbejdsgiver", en="Employer contact"),
            _OWN,
            outside=True,
        ),
        Role(
            "persons.workplace_mentor",
            Wording(nb="Fadder på arbeidsplassen", da="Virksomhedsmentor", en="Mentor at the workplace"),
            _OWN,
            outside=True,
        ),
    ]


@hook
def register_blueprints() -> list[Blueprint]:
    """The register, what people ask for, and the pages of whoever comes in from outside."""
    return [register, asked, visit]


@hook
def register_menu() -> list[MenuEntry]:
    """The list, and what people ask about their data."""
    return [
        MenuEntry("persons", MANIFEST.title, "persons_register.people", "person:read", weight=40),
        MenuEntry(
            "persons.requests",
            Wording(nb="Innsynskrav", da="Indsigtsanmodninger", en="Requests for access"),
            "persons_requests.page",
            "privacy:manage",
            weight=85,
        ),
    ]


@hook
def register_personal_data() -> list[PersonalData]:
    """Who people are, what is written about health and family, and what they ask for."""
    return declared()


@hook
def register_actions() -> list[ActionText | SubjectText]:
    """What is done with people's data, and what they do themselves."""
    return list(HISTORY)


@hook
def provide_people(text: str) -> list[PersonFound]:
    """People outside, by name or e-mail."""
    return people(text)


@hook
def export_person(who: PersonKey) -> list[PersonRecord]:
    """Everything that is kept about a person here."""
    return export(who)


@hook
def erase_person(who: PersonKey, dry_run: bool) -> list[Erasure]:  # noqa: FBT001  the shape of the hook
    """A person with everything that hangs on them."""
    return erase(who, dry_run=dry_run)


@hook
def erase_expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """People with whom the work ended long ago, and what is kept for a shorter time."""
    return expired(now, held, keys)
