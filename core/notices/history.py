"""What the audit says in plain words about notices."""

from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording

HISTORY: tuple[ActionText | SubjectText, ...] = (
    ActionText(
        "notices.chosen",
        Wording(
            nb="valgte hvor ofte varsler skal komme",
            da="valgte, hvor tit beskeder skal komme",
            en="chose how often notices come",
        ),
    ),
    ActionText(
        "notices.worded",
        Wording(
            nb="endret organisasjonens tekst i e-post",
            da="ændrede organisationens tekst i e-mail",
            en="changed the organisation's text in mail",
        ),
    ),
    ActionText(
        "notices.gathered",
        Wording(nb="sendte samlede varsler", da="sendte samlede beskeder", en="sent gathered notices"),
    ),
)
