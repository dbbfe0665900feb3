"""The mails about meetings, as a kind of notice."""

from typing import Final

from core.notices.kinds import Kind, register
from core.plugin_host.wording import Wording

MEETINGS: Final = register(
    Kind(
        "meetings",
        Wording(nb="Møter", da="Møder", en="Meetings"),
        Wording(
            nb="Til dem som deltar: innkallingen, når møtet flyttes eller avlyses, og referatet",
            da="Til dem, der deltager: indkaldelsen, når mødet flyttes eller aflyses, og referatet",
            en="To those who take part: the invitation, when it moves or is cancelled, and the minutes",
        ),
        to_colleagues=False,
    )
)
