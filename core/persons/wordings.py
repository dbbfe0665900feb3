"""Words for what people are to the organisation, and for how well their address is protected."""

from core.access.own_roles import named
from core.access.roles import outside_roles
from core.plugin_host.wording import Wording
from core.tenancy.service import current_tenant

SHIELDS = {
    "confidential": Wording(nb="Fortrolig adresse", da="Fortrolig adresse", en="Confidential address"),
    "strictly_confidential": Wording(
        nb="Strengt fortrolig adresse", da="Strengt fortrolig adresse", en="Strictly confidential address"
    ),
}

REQUESTS = {
    "access": Wording(nb="Innsyn i opplysninger", da="Indsigt i oplysninger", en="Access to what is kept"),
    "correction": Wording(
        nb="Retting av opplysninger", da="Rettelse af oplysninger", en="Correction of what is kept"
    ),
}

LOOKS = {
    "person.read": Wording(nb="Har sett opplysninger", da="Har set oplysninger", en="Saw what is kept"),
    "person.number_shown": Wording(
        nb="Har sett hele identitetsnummeret",
        da="Har set hele personnummeret",
        en="Saw the whole identity number",
    ),
    "person.found_by_number": Wording(
        nb="Har søkt med identitetsnummeret",
        da="Har søgt med personnummeret",
        en="Searched by the identity number",
    ),
    "person.registered": Wording(nb="Har registrert deg", da="Har registreret dig", en="Registered you"),
    "person.changed": Wording(
        nb="Har endret opplysninger", da="Har ændret oplysninger", en="Changed what is kept"
    ),
    "person.sensitive_changed": Wording(
        nb="Har endret det som er skrevet om helse og familie",
        da="Har ændret det, der er skrevet om helbred og familie",
        en="Changed what is written about health and family",
    ),
    "person.ended": Wording(nb="Har avsluttet arbeidet", da="Har afsluttet arbejdet", en="Ended the work"),
    "person.taken_up_again": Wording(
        nb="Har tatt opp igjen arbeidet", da="Har genoptaget arbejdet", en="Took up the work again"
    ),
    "person.link_given": Wording(
        nb="Har sendt deg en lenke", da="Har sendt dig et link", en="Sent you a link"
    ),
    "person.link_revoked": Wording(
        nb="Har trukket tilbake en lenke", da="Har trukket et link tilbage", en="Took a link back"
    ),
    "person.request_answered": Wording(
        nb="Har svart på det du ba om", da="Har svaret på det, du bad om", en="Answered what you asked for"
    ),
}
"""What colleagues do with somebody's data, in the words that the person reads."""

SAW_SENSITIVE = Wording(
    nb="Har sett det som er skrevet om helse og familie",
    da="Har set det, der er skrevet om helbred og familie",
    en="Saw what is written about health and family",
)


def kind_titles(language: str) -> dict[str, str]:
    """Titles of what somebody can be, by key, in the tenant's own words."""
    terms = current_tenant().terms
    return {role.key: named(role, terms).title.in_language(language) for role in outside_roles()}


def shield_title(shield: str, language: str) -> str:
    """How well an address is protected, in words; empty when it is not."""
    return SHIELDS[shield].in_language(language) if shield in SHIELDS else ""
