"""What the audit says in plain words about the goals of an agreement."""

from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording

HISTORY: tuple[ActionText | SubjectText, ...] = (
    ActionText(
        "agreement.figure_noted",
        Wording(nb="noterte et tall på et mål i", da="noterede et tal på et mål i", en="noted a figure of"),
    ),
    ActionText(
        "agreement.figure_corrected",
        Wording(nb="rettet et tall på et mål i", da="rettede et tal på et mål i", en="corrected a figure of"),
    ),
    ActionText(
        "agreement.figure_taken_back",
        Wording(
            nb="trakk tilbake et tall på et mål i",
            da="trak et tal tilbage på et mål i",
            en="took back a figure of",
        ),
    ),
    ActionText(
        "agreement.figures_kept",
        Wording(
            nb="tok vare på måltallene for en periode i",
            da="gemte måltallene for en periode i",
            en="kept the figures of a period of",
        ),
    ),
    ActionText(
        "agreement.evidence_added",
        Wording(
            nb="la til et eksempel på et mål i",
            da="tilføjede et eksempel på et mål i",
            en="added an example to",
        ),
    ),
    ActionText(
        "agreement.evidence_withdrawn",
        Wording(
            nb="trakk tilbake et eksempel i", da="trak et eksempel tilbage i", en="withdrew an example from"
        ),
    ),
)
