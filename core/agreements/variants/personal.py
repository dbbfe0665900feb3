"""What a tenant's own types of agreements may say about people: names that somebody wrote in a text."""

from collections.abc import Collection
from itertools import chain

from sqlalchemy import select

from core.agreements.own_types.models import Variant, VariantVersion
from core.kernel import audit
from core.kernel.database import db
from core.kernel.personal_texts import mentioning, mentions, redact
from core.plugin_host.privacy import (
    Erasure,
    Outcome,
    PersonalColumn,
    PersonalData,
    PersonKey,
    PersonRecord,
    Retention,
)
from core.plugin_host.wording import Wording

VARIANTS = "agreements.variants"
_TEXTS = Wording(nb="Tekst i avtaletypen", da="Tekst i aftaletypen", en="Text of the type of agreement")


def declared() -> PersonalData:
    """The category."""
    return PersonalData(
        key=VARIANTS,
        title=Wording(nb="Egne avtaletyper", da="Egne aftaletyper", en="Own types of agreements"),
        about=Wording(
            nb="De som nevnes i virksomhetens egne avtaletekster",
            da="Dem, der nævnes i organisationens egne aftaletekster",
            en="Those who are mentioned in the organisation's own texts of agreements",
        ),
        purpose=Wording(
            nb="Ha egne tekster å begynne nye avtaler fra",
            da="Have egne tekster at begynde nye aftaler fra",
            en="Having own texts to begin new agreements from",
        ),
        legal_basis=Wording(
            nb="Oppgave i allmennhetens interesse (GDPR artikkel 6 nr. 1 e)",
            da="Opgave i samfundets interesse (GDPR artikel 6, stk. 1, litra e)",
            en="Task in the public interest (GDPR article 6(1)(e))",
        ),
        retention=Retention(
            Wording(
                nb="navnet er tatt ut av teksten",
                da="navnet er taget ud af teksten",
                en="the name is taken out of the text",
            )
        ),
        outcome=Outcome.ANONYMISE,
        columns=(
            PersonalColumn("agreements_variant.name", Wording(nb="Navn", da="Navn", en="Name")),
            PersonalColumn("agreements_variant.content", _TEXTS),
            PersonalColumn("agreements_variant_version.content", _TEXTS),
        ),
    )


def export(who: PersonKey) -> list[PersonRecord]:
    """Variants and versions that mention a person."""
    drafts, versions = _drafts(who.words), _versions(who.words)
    return [
        *(
            PersonRecord(VARIANTS, "variant", row.id, mentioning(row, who.words), row.name, row.copied_at)
            for row in drafts
        ),
        *(
            PersonRecord(
                VARIANTS, "variant_version", row.id, mentioning(row, who.words), "", row.published_at
            )
            for row in versions
        ),
    ]


def erase(who: PersonKey, *, dry_run: bool) -> list[Erasure]:
    """Take a person's name out of variants and their versions."""
    drafts, versions = _drafts(who.words), _versions(who.words)
    if not dry_run:
        for row in chain[Variant | VariantVersion](drafts, versions):
            redact(row, who.words)
        for variant_id in {*(row.id for row in drafts), *(row.variant_id for row in versions)}:
            audit.record("variant.person_erased", "variant", variant_id, fields=["name"])
    count = len(drafts) + len(versions)
    return [Erasure(VARIANTS, Outcome.ANONYMISE, count)] if count else []


def _drafts(words: Collection[str]) -> list[Variant]:
    rows = db.session.scalars(select(Variant).where(mentions(Variant, words)))
    return [row for row in rows if mentioning(row, words)]


def _versions(words: Collection[str]) -> list[VariantVersion]:
    rows = db.session.scalars(select(VariantVersion).where(mentions(VariantVersion, words)))
    return [row for row in rows if mentioning(row, words)]
