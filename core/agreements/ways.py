"""What somebody who is asked about an agreement does, and the ways in which a signature comes about."""

from enum import StrEnum

from core.plugin_host.wording import Wording


class Part(StrEnum):
    """What a person does about a version."""

    SIGNS = "signs"
    APPROVES = "approves"
    SEES = "sees"


class Way(StrEnum):
    """How a signature came about."""

    LINK = "link"
    MEMBER = "member"
    MEETING = "meeting"
    PAPER = "paper"
    BEHALF = "behalf"
    SERVICE = "service"


PARTS = {
    Part.SIGNS: Wording(nb="Signerer", da="Underskriver", en="Signs"),
    Part.APPROVES: Wording(nb="Godkjenner", da="Godkender", en="Approves"),
    Part.SEES: Wording(nb="Får se", da="Får indsigt", en="Only sees"),
}
WAYS = {
    Way.LINK: Wording(nb="med personlig lenke", da="med personligt link", en="by personal link"),
    Way.MEMBER: Wording(nb="innlogget", da="logget ind", en="signed in"),
    Way.MEETING: Wording(nb="i et møte", da="på et møde", en="in a meeting"),
    Way.PAPER: Wording(nb="på papir", da="på papir", en="on paper"),
    Way.BEHALF: Wording(nb="på vegne av", da="på vegne af", en="on behalf"),
    Way.SERVICE: Wording(
        nb="hos en signeringstjeneste", da="hos en signeringstjeneste", en="at a signing service"
    ),
}
