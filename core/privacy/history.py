"""What the audit says in plain words about inquiries, exports, erasures, holds and periods."""

from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording

HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText("inquiry", Wording(nb="innsyn", da="indsigt", en="inquiry")),
    SubjectText("export", Wording(nb="utlevering", da="udlevering", en="export of a person's data")),
    SubjectText("erasure", Wording(nb="sletting", da="sletning", en="erasure")),
    SubjectText(
        "hold",
        Wording(nb="sperre mot sletting", da="spærring mod sletning", en="legal hold"),
        {
            "until": Wording(nb="til", da="til", en="until"),
            "lifted_at": Wording(nb="opphevet", da="ophævet", en="lifted"),
        },
    ),
    ActionText(
        "privacy.searched",
        Wording(nb="lette etter en person", da="ledte efter en person", en="looked for a person"),
    ),
    ActionText(
        "privacy.inquiry_opened",
        Wording(
            nb="åpnet innsyn i en person",
            da="åbnede indsigt i en person",
            en="opened an inquiry about a person",
        ),
    ),
    ActionText(
        "inquiry.read",
        Wording(
            nb="så hva som er lagret om en person",
            da="så, hvad der er gemt om en person",
            en="saw what is kept about a person",
        ),
    ),
    ActionText(
        "privacy.export_asked",
        Wording(
            nb="ba om en utlevering av opplysninger",
            da="bad om en udlevering af oplysninger",
            en="asked for an export of a person's data",
        ),
    ),
    ActionText(
        "privacy.exported",
        Wording(
            nb="laget en fil med opplysninger om en person",
            da="lavede en fil med oplysninger om en person",
            en="made a file with a person's data",
        ),
    ),
    ActionText(
        "privacy.export_downloaded",
        Wording(
            nb="lastet ned opplysninger om en person",
            da="hentede oplysninger om en person",
            en="downloaded a person's data",
        ),
    ),
    ActionText(
        "privacy.erasure_asked",
        Wording(nb="ba om sletting", da="bad om sletning", en="asked for an erasure"),
    ),
    ActionText(
        "privacy.erased", Wording(nb="slettet en person", da="slettede en person", en="erased a person")
    ),
    ActionText(
        "privacy.hold_placed",
        Wording(nb="stoppet sletting", da="stoppede sletning", en="placed a legal hold"),
    ),
    ActionText(
        "privacy.hold_lifted",
        Wording(
            nb="opphevet en sperre mot sletting",
            da="ophævede en spærring mod sletning",
            en="lifted a legal hold",
        ),
    ),
    ActionText(
        "privacy.let_go_asked",
        Wording(
            nb="ba om sletting av det som er for gammelt",
            da="bad om sletning af det, der er for gammelt",
            en="asked to erase what is due",
        ),
    ),
    ActionText(
        "privacy.let_go",
        Wording(
            nb="slettet det som er for gammelt",
            da="slettede det, der er for gammelt",
            en="erased what was due",
        ),
    ),
)
