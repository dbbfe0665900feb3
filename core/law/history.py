"""What the audit says in plain words about local practice."""

from core.law.choices.service import titles_of
from core.plugin_host.declarations import ActionText, SubjectText
from core.plugin_host.wording import Wording

HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "law_choice",
        Wording(nb="Lokal praksis", da="Lokal praksis", en="Local practice"),
        {
            "value": Wording(nb="valget", da="valget", en="the choice"),
            "valid_from": Wording(nb="gjelder fra", da="gælder fra", en="counts from"),
            "reason": Wording(nb="begrunnelse", da="begrundelse", en="reason"),
        },
        names=titles_of,
    ),
    ActionText(
        "law.choice_made",
        Wording(
            nb="bestemte lokal praksis",
            da="besluttede lokal praksis",
            en="decided on local practice",
        ),
    ),
    ActionText(
        "law.choice_taken_back",
        Wording(
            nb="gikk tilbake til det reglene legger til grunn",
            da="gik tilbage til det, reglerne lægger til grund",
            en="went back to what the rules assume",
        ),
    ),
)
