"""What the audit says in plain words about comments."""

from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording

_ACTIONS = {
    "agreement.commented": Wording(
        nb="kommenterte utkastet til", da="kommenterede udkastet til", en="commented on the draft of"
    ),
    "agreement.comment_answered": Wording(
        nb="svarte på en kommentar til", da="svarede på en kommentar til", en="answered a comment on"
    ),
    "agreement.comment_resolved": Wording(
        nb="avsluttet en kommentar til", da="afsluttede en kommentar til", en="resolved a comment on"
    ),
    "agreement.comment_reopened": Wording(
        nb="åpnet en kommentar igjen til", da="genåbnede en kommentar til", en="reopened a comment on"
    ),
    "agreement.suggestion_accepted": Wording(
        nb="tok inn en foreslått tekst i", da="tog en foreslået tekst ind i", en="accepted a suggestion for"
    ),
    "agreement.suggestion_declined": Wording(
        nb="avslo en foreslått tekst i", da="afviste en foreslået tekst i", en="declined a suggestion for"
    ),
}

HISTORY: tuple[ActionText | SubjectText, ...] = tuple(
    ActionText(action, text) for action, text in _ACTIONS.items()
)
