"""The words of the page that tells how an agreement was signed, in the agreement's own language."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from core.agreements.ways import Part, Way


@dataclass(frozen=True)
class EvidenceLabels:
    """What stands on the page; texts with braces are filled by `str.format`."""

    title: str
    says: str
    columns: tuple[str, ...]
    who: Mapping[str, str]
    parts: Mapping[str, str]
    asked: Mapping[str, str]
    opened: str
    answered: Mapping[str, str]
    not_noted: str
    how: str
    ways: Mapping[str, str]
    code: str
    codes: Mapping[str, str]
    day: str
    place: str
    witness: str
    recorded_by: str
    second: str
    reason: str
    authority: str
    scan: str
    at_service: Mapping[str, str]
    of_text: str
    agreement: str
    version: str
    fingerprint: str
    verify: str


def evidence_labels() -> EvidenceLabels:
    """The words in the language that is spoken now."""
    return EvidenceLabels(
        title=_("How this agreement was signed"),
        says=_(
            "Each person below was asked about exactly this text. Fotfeste noted these times, and how each "
            "signature came about."
        ),
        columns=(_("What"), _("Noted")),
        who={
            Part.SIGNS: _("Who signed"),
            Part.APPROVES: _("Who approved"),
            Part.SEES: _("Who got the text to read"),
        },
        parts={
            Part.SIGNS: _("Signature"),
            Part.APPROVES: _("Approval; not a signature"),
            Part.SEES: _("Got the text to read"),
        },
        asked={
            Part.SIGNS: _("Asked to sign"),
            Part.APPROVES: _("Asked to approve"),
            Part.SEES: _("Got a link to read"),
        },
        opened=_("Opened the first time"),
        answered={Part.SIGNS: _("Signed"), Part.APPROVES: _("Approved")},
        not_noted=_("not noted"),
        how=_("How"),
        ways=_ways(),
        code=_("One-time code"),
        codes=_codes(),
        day=_("Day on the paper"),
        place=_("Place"),
        witness=_("Witness"),
        recorded_by=_("Recorded by"),
        second=_("Confirmed by"),
        reason=_("Reason"),
        authority=_("Authority"),
        scan=_("Fingerprint of the scan (SHA-256)"),
        at_service=_at_service(),
        of_text=_("What the signatures are bound to"),
        agreement=_("The agreement's id"),
        version=_("Version"),
        fingerprint=_("Fingerprint of the text (SHA-256)"),
        verify=_(
            "This file has an electronic seal. At {address} everybody can check whether the file is "
            "intact and whether there is a newer version."
        ),
    )


def _ways() -> dict[str, str]:
    return {
        Way.LINK: _("personal link by e-mail to {email}"),
        Way.MEMBER: _("signed in to Fotfeste with {email}"),
        Way.MEETING: _("in a meeting, on a device of the organisation, before a witness"),
        Way.PAPER: _("by hand on paper; a colleague recorded the scan, and another one confirmed it"),
        Way.BEHALF: _("on behalf of {name}, recorded by the organisation"),
        Way.SERVICE: _("at {service}, a signing service, which makes a signed document of its own"),
    }


def _at_service() -> dict[str, str]:
    """What a signing service says of a signature."""
    return {
        "identity": _("Identity was checked by"),
        "signed": _("Signed there, by the clock of the service"),
        "reference": _("Reference at the service"),
        "file": _("Fingerprint of the file that was signed there (SHA-256)"),
    }


def _codes() -> dict[str, str]:
    """What a code proves: by mail no more than the link, by telephone that two channels were at hand."""
    return {
        "email": _(
            "sent {at} to the same mailbox as the link ({email}): it shows that whoever signed could read "
            "that mailbox at that time, and nothing else"
        ),
        "sms": _("sent {at} by text message: whoever signed had both the mailbox and the telephone"),
    }
