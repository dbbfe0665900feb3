"""The types of one's own that the demo shows, made through the services."""

from core.agreements.variants import changing, service
from core.agreements.variants.editing import presence_of
from core.agreements.variants.units import Name, units_of
from core.plugin_host.demo import DemoVariant


def make(declared: DemoVariant) -> None:
    """Copy a type, ask the questions, write the texts, and publish it."""
    variant_id = service.copy(declared.type_key, declared.name)
    language = service.opened(variant_id).kind.texts[0].language
    for kind, label in declared.questions:
        changing.add_question(variant_id, kind, {language: {"label": label, "help": ""}}, required=True)
    for key, text in declared.texts.items():
        unit = units_of(service.find(variant_id).content)[Name("clauses", key)]
        words = {language: {"text": text, "guidance": unit["words"][language].get("guidance", "")}}
        changing.save_clause(variant_id, key, words, presence_of(unit["declared"]))
    service.publish(variant_id, None)
