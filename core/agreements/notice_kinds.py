"""The kinds of mail about agreements: those to the parties, and those to colleagues who look after them."""

from typing import Final

from core.notices.kinds import Kind, register
from core.plugin_host.wording import Wording

SIGNING: Final = register(
    Kind(
        "signing",
        Wording(nb="Signering", da="Underskrift", en="Signing"),
        Wording(
            nb="Til dem som skal signere: lenken, en påminnelse, og hvordan det gikk",
            da="Til dem, der skal skrive under: linket, en påmindelse, og hvordan det gik",
            en="To those who sign: the link, a reminder, and how it went",
        ),
        to_colleagues=False,
    )
)
LIFE: Final = register(
    Kind(
        "life",
        Wording(nb="Endringer i avtalen", da="Ændringer i aftalen", en="Changes of the agreement"),
        Wording(
            nb="Til dem som har signert: når avtalen endres, forlenges, settes på pause eller avsluttes",
            da="Til dem, der har skrevet under: når den ændres, forlænges, sættes på pause eller afsluttes",
            en="To those who signed: when the agreement is changed, extended, paused or ended",
        ),
        to_colleagues=False,
    )
)
REPORTS: Final = register(
    Kind(
        "reports",
        Wording(nb="Rapporter", da="Rapporter", en="Reports"),
        Wording(
            nb="Til mottakerne i den andre parten: lenken til rapporten",
            da="Til modtagerne hos den anden part: linket til rapporten",
            en="To the receivers of the other party: the link to the report",
        ),
        to_colleagues=False,
    )
)
CONTACTS: Final = register(
    Kind(
        "contacts",
        Wording(nb="Kontaktpersoner", da="Kontaktpersoner", en="Contacts"),
        Wording(
            nb="Til kontaktpersonene, to uker før listen skal bekreftes",
            da="Til kontaktpersonerne, to uger før listen skal bekræftes",
            en="To the contacts, two weeks before the list is to be confirmed",
        ),
        to_colleagues=False,
    )
)
EVALUATIONS: Final = register(
    Kind(
        "evaluations",
        Wording(nb="Evaluering", da="Evaluering", en="Evaluation"),
        Wording(
            nb="Til den andre parten: spørsmålene, og evalueringen når den er avsluttet",
            da="Til den anden part: spørgsmålene, og evalueringen når den er afsluttet",
            en="To the other party: the questions, and the evaluation when it is closed",
        ),
        to_colleagues=False,
    )
)
ANSWERS: Final = register(
    Kind(
        "signing_answers",
        Wording(nb="Svar på avtalene dine", da="Svar på dine aftaler", en="Answers to your agreements"),
        Wording(
            nb="Når alle har signert, og når en part sier nei, evaluerer, retter noe eller ber om en endring",
            da="Når alle har skrevet under, og når en part siger nej, evaluerer, retter eller vil ændre",
            en="When all have signed, and when a party refuses, evaluates, corrects or asks for a revision",
        ),
        to_colleagues=True,
    )
)
COMMENTS: Final = register(
    Kind(
        "comments",
        Wording(nb="Kommentarer til utkast", da="Kommentarer til udkast", en="Comments on drafts"),
        Wording(
            nb="Når en kollega kommenterer et utkast som du har ansvar for eller har kommentert",
            da="Når en kollega kommenterer et udkast, som du har ansvar for eller har kommenteret",
            en="When a colleague comments on a draft that you look after or have commented on",
        ),
        to_colleagues=True,
    )
)
