"""A kit for authors of signing providers: do the steps keep the contract of docs/signing-providers.md?"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from core.plugin_host.signing import (
    Callback,
    Envelope,
    EnvelopeSignatory,
    ForgedCallbackError,
    News,
    ServiceAccess,
    ServiceRefusedError,
    SigningSteps,
)

LONGEST = 200
NOWHERE = "a reference that nobody has given"
PAPER = Envelope(
    key="018f0000-0000-7000-8000-000000000001",
    title="A paper",
    language="nb",
    file_name="paper.pdf",
    document=lambda: b"%PDF-1.7",
    signatories=(
        EnvelopeSignatory("first", "One", "Kari Prøve", "leader", "kari@one.example", "", 1),
        EnvelopeSignatory("second", "Other", "Ola Prøve", "leader", "ola@other.example", "", 2),
    ),
)
"""What the steps are tried with."""


def complaints_about_steps(
    steps: SigningSteps, access: ServiceAccess, told: Callable[[str], Callback]
) -> list[str]:
    """Everything that a provider's steps do against the contract, as sentences; empty when they keep it.

    Run it against the service's test environment or something that pretends to be it. ``told`` makes, for a
    reference, a call as the service would sign it: that the signatory ``first`` has opened the paper.
    """
    reference = steps.hand_over(PAPER, access)
    return [
        *_handing_over(steps, access, reference),
        *_links(steps, access, reference),
        *_callbacks(steps, access, told(reference), reference),
        *_progress(steps, access, reference),
        *_cancelling(steps, access, reference),
    ]


def _handing_over(steps: SigningSteps, access: ServiceAccess, reference: str) -> Iterator[str]:
    if not 0 < len(reference) <= LONGEST:
        yield f"hand_over: a reference has 1 to {LONGEST} characters"
    if steps.hand_over(PAPER, access) != reference:
        yield "hand_over: the same key handed over again must give the same reference"
    if steps.hand_over(replace(PAPER, key="another"), access) == reference:
        yield "hand_over: another key must give another reference"


def _links(steps: SigningSteps, access: ServiceAccess, reference: str) -> Iterator[str]:
    links = [steps.link(reference, one.key, access) for one in PAPER.signatories]
    if any(one and not one.startswith("https://") for one in links):
        yield "link: an address begins with https://, or is empty"
    if len(set(links)) < len(links) and any(links):
        yield "link: each signatory has an address of its own"


def _callbacks(
    steps: SigningSteps, access: ServiceAccess, callback: Callback, reference: str
) -> Iterator[str]:
    first, second = steps.read_callback(callback, access), steps.read_callback(callback, access)
    yield from _fitting(first, reference, "read_callback")
    if first != second:
        yield "read_callback: the same call must say the same news each time"
    forged = (
        ("another body", replace(callback, body=callback.body + b" ")),
        ("no signature", replace(callback, headers={})),
    )
    for what, one in forged:
        if not _raises(ForgedCallbackError, lambda one=one: steps.read_callback(one, access)):  # type: ignore[misc]
            yield f"read_callback: a call with {what} must raise ForgedCallbackError"
    stranger = replace(access, settings={})
    if not _raises(ForgedCallbackError, lambda: steps.read_callback(callback, stranger)):
        yield "read_callback: a call of another tenant's account must raise ForgedCallbackError"


def _progress(steps: SigningSteps, access: ServiceAccess, reference: str) -> Iterator[str]:
    first, second = steps.progress(reference, access), steps.progress(reference, access)
    yield from _fitting(first, reference, "progress")
    if first != second:
        yield "progress: asked again without anything new it must say the same"
    if [one.at for one in first] != sorted(one.at for one in first):
        yield "progress: the oldest news comes first"
    if not _raises(ServiceRefusedError, lambda: steps.progress(NOWHERE, access)):
        yield "progress: an unknown reference must raise ServiceRefusedError"


def _cancelling(steps: SigningSteps, access: ServiceAccess, reference: str) -> Iterator[str]:
    steps.cancel(reference, access)
    if _raises(Exception, lambda: steps.cancel(reference, access)):
        yield "cancel: what has ended already can be cancelled again"


def _fitting(news: list[News], reference: str, step: str) -> Iterator[str]:
    if any(one.reference != reference for one in news):
        yield f"{step}: news names the reference that hand_over gave"
    if any(not 0 < len(one.id) <= LONGEST for one in news):
        yield f"{step}: the id of news has 1 to {LONGEST} characters"
    if len({one.id for one in news}) < len(news):
        yield f"{step}: each piece of news has an id of its own"
    if any(one.at.tzinfo is None for one in news):
        yield f"{step}: moments are aware of their time zone"


def _raises(error: type[Exception], step: Callable[[], object]) -> bool:
    try:
        step()
    except error:
        return True
    return False
