"""What the audit says in plain words about calendar feeds."""

from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording

HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "calendar_feed",
        Wording(nb="Kalenderlenke", da="Kalenderlink", en="Calendar link"),
        {"scope": Wording(nb="hva den viser", da="hvad det viser", en="what it shows")},
    ),
    ActionText(
        "calendar_feed.made",
        Wording(nb="laget en kalenderlenke", da="lavede et kalenderlink", en="made a calendar link"),
    ),
    ActionText(
        "calendar_feed.stopped",
        Wording(nb="stanset en kalenderlenke", da="stoppede et kalenderlink", en="stopped a calendar link"),
    ),
)
