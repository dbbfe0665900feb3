"""What the audit says in plain words about a tenant's own types of agreements."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.agreements.catalogue import all_types
from core.agreements.own_types.models import Variant
from core.agreements.types import AgreementType
from core.agreements.variants.editing import is_own_question
from core.kernel.database import db
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording


def _names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(Variant.id, Variant.name).where(Variant.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(query)}


def _text_of(field: str, language: str) -> str:
    """What a part of a type is called: a clause goes by the heading above it."""
    if is_own_question(field):
        return OWN_QUESTION.in_language(language)
    for kind in sorted(all_types(), key=lambda one: language not in one.text_languages):
        if found := _titles(kind, kind.nearest_language(language)).get(field):
            return found
    return ""


def _titles(kind: AgreementType, language: str) -> dict[str, str]:
    text = kind.text(language)
    titles = {one.key: one.title for one in text.meetings}
    titles |= {one.key: one.title for one in text.goals}
    titles |= {one.key: one.title for one in text.sections}
    clauses = {clause.key: titles[one.key] for one in kind.sections for clause in one.clauses}
    return {one.key: one.label for one in text.placeholders} | titles | clauses


OWN_QUESTION = Wording(nb="eget spørsmål", da="eget spørgsmål", en="own question")
_FIELDS = {
    "type_key": Wording(nb="avtaletype", da="aftaletype", en="type of agreement"),
    "name": Wording(nb="navn", da="navn", en="name"),
    "valid_from": Wording(nb="første dag", da="første dag", en="first day"),
    "base_edition": Wording(
        nb="utgave av originalen", da="udgave af originalen", en="edition of the original"
    ),
    "duration": Wording(nb="varighet", da="varighed", en="duration"),
    "placeholders": Wording(nb="spørsmål", da="spørgsmål", en="questions"),
}
_ACTIONS = {
    "copied": Wording(
        nb="laget en egen utgave av", da="lavede en egen udgave af", en="made an own version of"
    ),
    "renamed": Wording(nb="ga nytt navn til", da="gav nyt navn til", en="renamed"),
    "moved": Wording(nb="endret rekkefølgen i", da="ændrede rækkefølgen i", en="changed the order of"),
    "sections_saved": Wording(nb="endret en del av", da="ændrede en del af", en="changed a section of"),
    "clause_saved": Wording(nb="endret et punkt i", da="ændrede et punkt i", en="changed a clause of"),
    "goals_saved": Wording(nb="endret et mål i", da="ændrede et mål i", en="changed a goal of"),
    "meetings_saved": Wording(nb="endret et møte i", da="ændrede et møde i", en="changed a meeting of"),
    "duration_saved": Wording(
        nb="endret varigheten i", da="ændrede varigheden i", en="changed the duration of"
    ),
    "placeholders_saved": Wording(
        nb="endret et spørsmål i", da="ændrede et spørgsmål i", en="changed a question of"
    ),
    "question_added": Wording(
        nb="la et spørsmål til i", da="tilføjede et spørgsmål i", en="added a question to"
    ),
    "question_removed": Wording(
        nb="fjernet et spørsmål fra", da="fjernede et spørgsmål fra", en="removed a question from"
    ),
    "rebased": Wording(
        nb="tok inn en nyere utgave i", da="tog en nyere udgave ind i", en="took a newer edition into"
    ),
    "published": Wording(nb="publiserte", da="udgav", en="published"),
    "retired": Wording(nb="tok ut av bruk", da="tog ud af brug", en="retired"),
    "resumed": Wording(nb="tok i bruk igjen", da="tog i brug igen", en="took into use again"),
    "person_erased": Wording(nb="tok en person ut av", da="tog en person ud af", en="took a person out of"),
}
HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "variant",
        Wording(nb="Egen avtaletype", da="Egen aftaletype", en="Own type of agreement"),
        _FIELDS,
        field_text=_text_of,
        names=_names,
        endpoint="agreements_variants.page",
        argument="variant_id",
    ),
    *(ActionText(f"variant.{action}", words) for action, words in _ACTIONS.items()),
)
