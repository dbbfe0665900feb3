"""What privacy adds through the hooks: what the kernel keeps about people, and what it keeps itself."""

from datetime import datetime

from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.manifest import Manifest
from core.plugin_host.privacy import (
    Erasure,
    Outcome,
    PersonalColumn,
    PersonalData,
    PersonKey,
    PersonRecord,
    Retention,
)
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording
from core.privacy import exports, own, periods  # noqa: F401  their jobs are declared by being imported
from core.privacy.history import HISTORY

MANIFEST = Manifest(
    name="privacy",
    title=Wording(nb="Personvern", da="Databeskyttelse", en="Privacy"),
    summary=Wording(
        nb="Innsyn, sletting og behandlingsprotokoll.",
        da="Indsigt, sletning og fortegnelse.",
        en="Access to data, erasure and the record of processing.",
    ),
    version="1",
)
MAILS, AUDIT, EXPORTS = "privacy.mails", "privacy.audit", "privacy.tenant_exports"
_READ = Wording(
    nb="Sikker behandling og plikt til å kunne vise hva som er gjort (GDPR artikkel 5 nr. 2 og 32)",
    da="Sikker behandling og pligt til at kunne vise, hvad der er gjort (GDPR artikel 5, stk. 2, og 32)",
    en="Security of processing and accountability (GDPR articles 5(2) and 32)",
)


@hook
def register_personal_data() -> list[PersonalData]:
    """Messages that were sent, the audit, exports of the whole tenant, inquiries and what they led to."""
    return [_mails(), _audit(), _exports(), *own.declared()]


@hook
def register_actions() -> list[ActionText | SubjectText]:
    """Inquiries, exports, erasures, holds and periods."""
    return list(HISTORY)


@hook
def export_person(who: PersonKey) -> list[PersonRecord]:
    """That somebody looked at a person, and why data are held back."""
    return [] if who.is_nobody else own.export(who)


@hook
def erase_person(who: PersonKey, dry_run: bool) -> list[Erasure]:  # noqa: FBT001  the shape of the hook
    """Empty inquiries, and remove what was handed out."""
    return [] if who.is_nobody else own.erase(who, dry_run=dry_run)


@hook
def erase_expired(now: datetime, held: list[PersonKey], keys: list[str]) -> list[Erasure]:
    """Inquiries of a year ago, and files that were made a week ago."""
    del held
    return own.expired(now, keys)


def _mails() -> PersonalData:
    return PersonalData(
        key=MAILS,
        title=Wording(
            nb="Sendt e-post og SMS", da="Sendt e-mail og sms", en="Mails and text messages that were sent"
        ),
        about=Wording(nb="Mottakere av e-post", da="Modtagere af e-mail", en="Receivers of mail"),
        purpose=Wording(
            nb="Sende beskjeder, og kunne se at de er sendt",
            da="Sende beskeder og kunne se, at de er sendt",
            en="Sending messages, and being able to see that they were sent",
        ),
        legal_basis=_READ,
        retention=Retention(
            Wording(nb="e-posten ble sendt", da="e-mailen blev sendt", en="the mail was sent"), months=3
        ),
        outcome=Outcome.ERASE,
        automatic=True,
        columns=(
            PersonalColumn(
                "kernel_outgoing_mail.recipient", Wording(nb="Mottaker", da="Modtager", en="Receiver")
            ),
            PersonalColumn("kernel_outgoing_mail.subject", Wording(nb="Emne", da="Emne", en="Subject")),
            PersonalColumn("kernel_outgoing_mail.body", Wording(nb="Tekst", da="Tekst", en="Text")),
            PersonalColumn(
                "kernel_outgoing_mail.attachments",
                Wording(nb="Vedlegg", da="Vedhæftninger", en="Attachments"),
            ),
            PersonalColumn(
                "kernel_outgoing_sms.recipient", Wording(nb="Mottaker", da="Modtager", en="Receiver")
            ),
            PersonalColumn("kernel_outgoing_sms.body", Wording(nb="Tekst", da="Tekst", en="Text")),
        ),
    )


def _audit() -> PersonalData:
    return PersonalData(
        key=AUDIT,
        title=Wording(
            nb="Logg over hvem som gjorde hva", da="Log over, hvem der gjorde hvad", en="Log of who did what"
        ),
        about=Wording(
            nb="Medarbeidere, og de som har svart med en personlig lenke",
            da="Medarbejdere og de, der har svaret med et personligt link",
            en="Members of staff, and those who answered by a personal link",
        ),
        purpose=Wording(
            nb="Kunne vise hvem som har gjort og sett hva",
            da="Kunne vise, hvem der har gjort og set hvad",
            en="Being able to show who has done and seen what",
        ),
        legal_basis=_READ,
        retention=Retention(
            Wording(
                nb="virksomheten har sluttet å bruke Fotfeste",
                da="organisationen er holdt op med at bruge Fotfeste",
                en="the organisation has stopped using Fotfeste",
            )
        ),
        outcome=Outcome.KEEP,
        kept_because=Wording(
            nb="Loggen er bevis og kan ikke endres. Den har nummer og feltnavn, aldri opplysningene selv.",
            da="Loggen er bevis og kan ikke ændres. Den har numre og feltnavne, aldrig oplysningerne selv.",
            en="The log is evidence and cannot be changed. It has ids and names of fields, never the data.",
        ),
        columns=(PersonalColumn("kernel_audit_entry.reason", Wording(nb="Grunn", da="Grund", en="Reason")),),
    )


def _exports() -> PersonalData:
    return PersonalData(
        key=EXPORTS,
        title=Wording(
            nb="Uttrekk av alt virksomheten har",
            da="Udtræk af alt, organisationen har",
            en="Exports of everything",
        ),
        about=Wording(
            nb="Alle som er registrert", da="Alle, der er registreret", en="Everybody who is registered"
        ),
        purpose=Wording(
            nb="La virksomheten ta med seg sine egne opplysninger",
            da="Lade organisationen tage sine egne oplysninger med",
            en="Letting the organisation take its own data along",
        ),
        legal_basis=_READ,
        retention=Retention(
            Wording(nb="uttrekket ble laget", da="udtrækket blev lavet", en="the export was made"), days=30
        ),
        outcome=Outcome.ERASE,
        automatic=True,
        columns=(
            PersonalColumn("tenancy_export_part.content", Wording(nb="Innhold", da="Indhold", en="Content")),
        ),
    )
