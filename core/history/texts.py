"""What actions, subjects and fields of the audit are called: the declarations of rooms and plugins."""

from typing import Any

from core.kernel.audit import READ
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording
from core.tenancy.kinds import host

Text = ActionText | SubjectText
HOOK = "register_actions"
LOOKED = Wording(nb="så på", da="så på", en="looked at")


def read_text(_plugin: str, text: Any) -> Text:
    """Take a declared text as it is: a text that is declared twice is the same for everybody."""
    found: Text = text
    return found


def all_subjects() -> dict[str, SubjectText]:
    """Declared kinds of subjects, by kind, of every available plugin whether it is on here or not."""
    texts = (one.value for one in host().declared(HOOK))
    return {text.kind: text for text in texts if isinstance(text, SubjectText)}


def all_actions() -> dict[str, Wording]:
    """Declared actions with their texts, by action."""
    texts = (one.value for one in host().declared(HOOK))
    return {text.action: text.text for text in texts if isinstance(text, ActionText)}


def action_in_words(actions: dict[str, Wording], action: str, language: str) -> str:
    """An action as it goes on after a name; the bare action when its plugin is gone."""
    text = actions.get(action) or (LOOKED if action.endswith(READ) else None)
    return text.in_language(language) if text else action


def field_in_words(subject: SubjectText | None, field: str, language: str) -> str:
    """A field's name as people read it: declared, or a plugin's title, or the bare name made readable."""
    text = subject.fields.get(field) if subject else None
    if text is None and field in host().manifests:
        text = host().manifests[field].title
    if text is not None:
        return text.in_language(language)
    asked = subject.field_text(field, language) if subject else ""
    return asked or field.replace("_", " ").replace(".", " ")


HISTORY: tuple[Text, ...] = (
    SubjectText(
        "audit",
        Wording(nb="Loggen", da="Loggen", en="The log"),
        {
            "actor_id": Wording(nb="hvem", da="hvem", en="who"),
            "subject_kind": Wording(nb="slags", da="slags", en="kind of thing"),
            "subject_id": Wording(nb="gjelder", da="gælder", en="about"),
            "action": Wording(nb="handling", da="handling", en="action"),
            "kind": Wording(nb="lest eller endret", da="læst eller ændret", en="looked or changed"),
            "first_day": Wording(nb="fra og med", da="fra og med", en="from"),
            "last_day": Wording(nb="til og med", da="til og med", en="until"),
        },
    ),
    ActionText("audit.read", Wording(nb="søkte i loggen", da="søgte i loggen", en="searched the log")),
    ActionText(
        "audit.downloaded", Wording(nb="lastet ned loggen", da="hentede loggen", en="downloaded the log")
    ),
)
"""What the log says of being read itself."""
