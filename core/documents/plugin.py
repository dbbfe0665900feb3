"""What documents add through the hooks."""

from flask import Blueprint

from core.documents.views import files
from core.plugin_host.manifest import Manifest
from core.plugin_host.privacy import Outcome, PersonalColumn, PersonalData, Retention
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording

MANIFEST = Manifest(
    name="documents",
    title=Wording(nb="Dokumenter", da="Dokumenter", en="Documents"),
    summary=Wording(nb="PDF og filer.", da="PDF og filer.", en="PDF and files."),
    version="1",
)


@hook
def register_blueprints() -> list[Blueprint]:
    """The addresses of stored files."""
    return [files]


@hook
def register_personal_data() -> list[PersonalData]:
    """Files; whose they are and how long they stay is decided by what they belong to."""
    return [
        PersonalData(
            key="documents.files",
            title=Wording(nb="Lagrede filer", da="Gemte filer", en="Stored files"),
            about=Wording(
                nb="Personer som er nevnt i en fil, for eksempel en signert avtale",
                da="Personer, der er nævnt i en fil, for eksempel en underskrevet aftale",
                en="People who are named in a file, such as a signed agreement",
            ),
            purpose=Wording(
                nb="Ta vare på det signerte dokumentet og på logoer",
                da="Opbevare det underskrevne dokument og logoer",
                en="Keeping the signed document, and logos",
            ),
            legal_basis=Wording(
                nb="Samme grunnlag som for det filen hører til (GDPR artikkel 6 nr. 1 b og e)",
                da="Samme grundlag som for det, filen hører til (GDPR artikel 6, stk. 1, litra b og e)",
                en="The same as for what the file belongs to (GDPR article 6(1)(b) and (e))",
            ),
            retention=Retention(
                Wording(
                    nb="det filen hører til, er slettet eller anonymisert",
                    da="det, filen hører til, er slettet eller anonymiseret",
                    en="what the file belongs to is erased or anonymised",
                )
            ),
            outcome=Outcome.ERASE,
            columns=(
                PersonalColumn(
                    "documents_stored_file.name", Wording(nb="Filnavn", da="Filnavn", en="Name of the file")
                ),
                PersonalColumn(
                    "documents_stored_file.content", Wording(nb="Innhold", da="Indhold", en="Content")
                ),
            ),
        )
    ]
