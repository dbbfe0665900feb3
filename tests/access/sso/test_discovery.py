"""What a provider says about itself is checked, kept for an hour, and fetched within limits."""

import ipaddress
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from core.access.sso import outbound as outbound_module
from core.access.sso.discovery import Directory, read_metadata
from core.access.sso.outbound import Outbound, check_url, is_permitted
from core.access.sso.troubles import MESSAGES, Trouble
from core.kernel import clock
from core.kernel.ids import new_id
from tests.access.sso.provider import KEY, OTHER_KEY, FakeProvider, as_json

CONFIGURATION = "/.well-known/openid-configuration"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def directory() -> Directory:
    return Directory(Outbound(development=True))


def trouble(directory: Directory, issuer: str) -> str:
    with pytest.raises(Trouble) as caught:
        directory.metadata(new_id(), issuer)
    return caught.value.key


def test_a_provider_is_found_by_its_issuer(provider: FakeProvider, directory: Directory) -> None:
    found = directory.metadata(new_id(), provider.issuer)
    assert found.token_endpoint == f"{provider.issuer}/token"
    assert found.algorithms == ("RS256",)
    assert found.names_pkce
    assert not found.secret_in_form


SPOILED: dict[str, tuple[dict[str, Any], str]] = {
    "another issuer": ({"issuer": "https://evil.example"}, "other_issuer"),
    "an issuer with a slash more": ({"issuer": "http://localhost/"}, "other_issuer"),
    "no place to sign in": ({"authorization_endpoint": ""}, "incomplete"),
    "a place that is a number": ({"token_endpoint": 7}, "incomplete"),
    "no keys": ({"jwks_uri": ""}, "incomplete"),
    "another flow only": ({"response_types_supported": ["id_token"]}, "no_code"),
    "PKCE in the clear only": ({"code_challenge_methods_supported": ["plain"]}, "no_pkce"),
    "unsigned tokens only": ({"id_token_signing_alg_values_supported": ["none"]}, "no_algorithm"),
    "shared secrets only": ({"id_token_signing_alg_values_supported": ["HS256"]}, "no_algorithm"),
    "a place inside the house": ({"token_endpoint": "http://10.0.0.1/token"}, "address"),
    "a script as a place": ({"authorization_endpoint": "javascript:alert(1)"}, "address"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_description_is_refused_for(provider: FakeProvider, directory: Directory, what: str) -> None:
    provider.document, why = SPOILED[what]
    assert trouble(directory, provider.issuer) == why


def test_a_provider_that_does_not_speak_of_pkce_is_used_with_it_all_the_same(
    provider: FakeProvider, directory: Directory
) -> None:
    provider.document = {"code_challenge_methods_supported": None}
    assert not directory.metadata(new_id(), provider.issuer).names_pkce


def big(_request: Request) -> Response:
    return as_json({"issuer": "x" * (outbound_module.LARGEST + 1)})


def elsewhere(_request: Request) -> Response:
    return Response(status=302, headers={"Location": "http://127.0.0.1:1/"})


def dripping(_request: Request) -> Response:
    def drops() -> Iterator[bytes]:
        for _number in range(30):
            time.sleep(0.05)
            yield b" " * 20_000

    return Response(drops(), mimetype="application/json")


ANSWERS = {
    "nothing there": (lambda _request: Response(status=404), "not_found"),
    "a page": (lambda _request: Response("<html>"), "not_json"),
    "a list": (lambda _request: as_json([1]), "not_json"),
    "brackets without end": (lambda _request: Response("[" * 100_000), "not_json"),
    "an error": (lambda _request: as_json({}, 500), "refused"),
    "another address": (elsewhere, "redirected"),
    "far too much": (big, "too_large"),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_an_answer_is_refused_that_is(provider: FakeProvider, directory: Directory, what: str) -> None:
    provider.answers[CONFIGURATION], why = ANSWERS[what]
    assert trouble(directory, provider.issuer) == why


def test_an_answer_that_only_drips_is_not_waited_for(
    provider: FakeProvider, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbound_module, "LONGEST_SECONDS", 0.2)
    provider.answers[CONFIGURATION] = dripping
    assert trouble(directory, provider.issuer) == "too_slow"


def test_nobody_at_home_is_said_in_words(directory: Directory) -> None:
    assert trouble(directory, "http://localhost:1") == "not_found"


ADDRESSES = (
    "http://id.example",
    "ftp://id.example",
    "https://user:secret@id.example",
    "https://id.example/#part",
    "https://",
    "//id.example",
    "https://id.exa mple",
    "https://idæ.example",
    "http://localhost.evil.example",
    "",
)


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_is_refused_without_asking(url: str) -> None:
    for development in (True, False):
        with pytest.raises(Trouble) as caught:
            check_url(url, development=development)
        assert caught.value.key == "address"


def test_plain_http_to_oneself_is_for_development_only() -> None:
    check_url("http://localhost:9400", development=True)
    with pytest.raises(Trouble):
        check_url("http://localhost:9400", development=False)


PRIVATE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104  an address that is refused
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
    "ff02::1",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_inside_the_house_is_not_asked(address: str) -> None:
    assert not is_permitted(ipaddress.ip_address(address), development=False)


def test_the_internet_is_asked() -> None:
    for address in ("93.184.216.34", "2606:2800:220:1::1"):
        assert is_permitted(ipaddress.ip_address(address), development=False)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "0x7f000001", "2130706433"])
def test_in_production_a_name_that_leads_into_the_house_is_refused(name: str) -> None:
    with pytest.raises(Trouble) as caught:
        Outbound(development=False).get(f"https://{name}:1/")
    assert caught.value.key in {"address", "not_found"}
    if name == "localhost":
        assert caught.value.key == "address"


def test_no_connection_is_made_to_a_private_address(
    provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if the address had passed as text: the check stands where the connection is made."""
    monkeypatch.setattr(outbound_module, "check_url", lambda *_args, **_options: None)
    with pytest.raises(Trouble) as caught:
        Outbound(development=False).get(f"{provider.issuer}{CONFIGURATION}")
    assert caught.value.key == "address"
    assert provider.paths == []


def test_a_description_is_kept_for_an_hour_and_for_its_tenant_only(
    provider: FakeProvider, directory: Directory
) -> None:
    mine, theirs = new_id(), new_id()
    with clock.frozen(NOW):
        for tenant in (mine, mine, theirs):
            directory.metadata(tenant, provider.issuer)
        assert provider.paths.count(CONFIGURATION) == 2
        directory.metadata(mine, provider.issuer, anew=True)
        assert provider.paths.count(CONFIGURATION) == 3
    with clock.frozen(NOW + timedelta(hours=1, seconds=1)):
        directory.metadata(mine, provider.issuer)
    assert provider.paths.count(CONFIGURATION) == 4


def test_keys_are_asked_for_anew_at_most_once_a_minute(provider: FakeProvider, directory: Directory) -> None:
    tenant = new_id()
    with clock.frozen(NOW):
        assert len(directory.keys(tenant, provider.issuer).keys) == 1
        provider.shown_keys = [KEY, OTHER_KEY]
        assert len(directory.keys(tenant, provider.issuer, anew=True).keys) == 1
    with clock.frozen(NOW + timedelta(seconds=61)):
        assert len(directory.keys(tenant, provider.issuer, anew=True).keys) == 2
        directory.keys(tenant, provider.issuer, anew=True)
    assert provider.paths.count("/jwks") == 2


def test_every_trouble_is_said_in_a_sentence() -> None:
    assert all(str(text).endswith(".") for text in MESSAGES.values())


def test_a_description_may_name_the_ways_of_its_own(provider: FakeProvider) -> None:
    document = provider.metadata() | {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert read_metadata(document, provider.issuer, development=True).secret_in_form
