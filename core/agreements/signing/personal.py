"""The personal columns of proofs, meetings and papers, for the record of what is kept about people."""

from core.plugin_host.privacy import PersonalColumn
from core.plugin_host.wording import Wording

_PLACE = Wording(nb="Sted", da="Sted", en="Place")
_PROOF, _PAPER = "agreements_signature_proof", "agreements_paper_signature"

WAYS_OF_SIGNING = (
    PersonalColumn(f"{_PROOF}.place", _PLACE),
    PersonalColumn(
        f"{_PROOF}.reason",
        Wording(
            nb="Grunn til å signere på vegne av",
            da="Grund til at underskrive på vegne af",
            en="Reason for signing on behalf",
        ),
    ),
    PersonalColumn(f"{_PROOF}.authority", Wording(nb="Fullmakt", da="Fuldmagt", en="Authority")),
    PersonalColumn("agreements_gathering.place", _PLACE),
    PersonalColumn(
        "agreements_paper_copy.rejected_reason",
        Wording(
            nb="Grunn til å avvise en skanning",
            da="Grund til at afvise en scanning",
            en="Reason for rejecting a scan",
        ),
    ),
    PersonalColumn(f"{_PAPER}.name", Wording(nb="Navn på papiret", da="Navn på papiret", en="Name on paper")),
    PersonalColumn(
        f"{_PAPER}.role_title",
        Wording(nb="Stilling på papiret", da="Stilling på papiret", en="Position on paper"),
    ),
    PersonalColumn(f"{_PAPER}.place", _PLACE),
)
