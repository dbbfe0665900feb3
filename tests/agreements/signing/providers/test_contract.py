from collections.abc import Callable
from dataclasses import replace
from itertools import product
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.agreements.signing.providers.built_in import PERSONAL_LINK
from core.agreements.signing.providers.catalogue import read_provider
from core.agreements.signing.providers.states import EnvelopeStatus, envelope_status
from core.kernel.scope import tenant_scope
from core.plugin_host.checks import BadPluginError
from core.plugin_host.signing import (
    Callback,
    ForgedCallbackError,
    Happened,
    ServiceAccess,
    ServiceRefusedError,
    SigningProvider,
)
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant
from core.testing.signing import complaints_about_steps

ACCESS = ServiceAccess({"account": "Nordvik", "secret": "a secret of the bureau"})
NOTHING = ServiceAccess()


@pytest.fixture
def provider(bureau: Any) -> SigningProvider:
    from seminars.bureau import PROVIDER  # noqa: PLC0415  found when the plugin is loaded

    return PROVIDER


@pytest.fixture
def told(bureau: Any) -> Callable[[str], Callback]:
    def call(reference: str) -> Callback:
        headers, body = bureau.tell(reference, "seen", who="first")
        return Callback({name.lower(): value for name, value in headers.items()}, body)

    return call


def test_the_adapter_of_the_miniature_keeps_the_contract(provider: SigningProvider, told: Any) -> None:
    assert complaints_about_steps(provider.steps, ACCESS, told) == []


def test_the_kit_finds_an_adapter_that_believes_everybody(provider: SigningProvider, told: Any) -> None:
    class Gullible(type(provider.steps)):  # type: ignore[misc]
        def read_callback(self, callback: Callback, access: ServiceAccess) -> list[Any]:
            try:
                return list(super().read_callback(callback, access))
            except ForgedCallbackError:
                return []

        def link(self, reference: str, signatory: str, access: ServiceAccess) -> str:
            del reference, signatory, access
            return "http://bureau.example/"

    found = complaints_about_steps(Gullible(), ACCESS, told)
    assert len([one for one in found if one.startswith("read_callback")]) == 3
    assert len([one for one in found if one.startswith("link")]) == 2


@pytest.mark.parametrize(
    "spoiled",
    [{"key": "other.bureau"}, {"steps": object()}, {"settings": PERSONAL_LINK.settings * 2 or ("twice",)}],
)
def test_a_provider_that_is_not_whole_is_refused_at_start(
    provider: SigningProvider, spoiled: dict[str, Any]
) -> None:
    if spoiled.get("settings"):
        spoiled = {"settings": (provider.settings[0], provider.settings[0])}
    with pytest.raises(BadPluginError):
        read_provider("seminars", replace(provider, **spoiled))


def test_our_own_link_tells_through_the_port_what_happened_here(app: Flask, tenant: MadeTenant) -> None:
    with acting(app, tenant):
        agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
        links = signing.send(agreement_id)
    steps = PERSONAL_LINK.steps
    with tenant_scope(tenant.id):
        case = open_case(agreement_id)
        reference, signatory = str(case.version.id), str(case.requests[0].id)
        assert steps.progress(reference, NOTHING) == []
        assert steps.fetch(reference, NOTHING) == []
        key = signing.key_of_link(links[0].token)
        signing.sign(key, name="Ola Oppdiktet", role="leder", sha256=case.version.sha256)
        (news,) = steps.progress(reference, NOTHING)
        assert (news.happened, news.signatory, news.name) == (Happened.SIGNED, signatory, "Ola Oppdiktet")
        with pytest.raises(ServiceRefusedError):
            steps.progress(str(uuid4()), NOTHING)
        with pytest.raises(ForgedCallbackError):
            steps.read_callback(Callback({}, b""), NOTHING)


MOMENTS = ("fetched_at", "completed_at", "stop_asked_at", "ended_at", "handed_over_at")


def test_every_mixture_of_moments_has_one_status() -> None:
    found = set()
    for moments in product((None, "then"), repeat=len(MOMENTS)):
        for trouble in ("", "down", "refused"):
            row = SimpleNamespace(**dict(zip(MOMENTS, moments, strict=True)), trouble=trouble)
            found.add(envelope_status(row))
    assert found == set(EnvelopeStatus)
