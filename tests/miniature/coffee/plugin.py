"""Coffee helps two parties to agree."""

from core.sdk import AgreementFacts, Manifest, Wording, hook

MANIFEST = Manifest(
    name="coffee",
    title=Wording(nb="Kaffe", da="Kaffe", en="Coffee"),
    summary=Wording(
        nb="Minner om kaffe når en avtale gjelder.",
        da="Minder om kaffe, når en aftale gælder.",
        en="Reminds of coffee when an agreement is in force.",
    ),
    version="1.0.0",
    sdk=">=1,<2",
    requires=("no_work_training",),
)
OUR_TYPE = "no_work_training.intention_agreement"


@hook
def slot_next_steps(facts: AgreementFacts) -> list[Wording]:
    """Invite the other party, once everybody has signed."""
    if facts.type_key != OUR_TYPE or facts.status != "active":
        return []
    return [Wording(nb="Inviter på kaffe.", da="Inviter på kaffe.", en="Invite the other party for coffee.")]
