"""What an identity provider says about itself: where people sign in, and the keys it signs with."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final
from uuid import UUID

from flask import current_app
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, KeySet, OKPKey, RSAKey

from core.access.sso.outbound import Outbound, check_url
from core.access.sso.troubles import Trouble
from core.kernel import clock

WELL_KNOWN: Final = "/.well-known/openid-configuration"
LASTS: Final = timedelta(hours=1)
PAUSE: Final = timedelta(minutes=1)
REMEMBERED: Final = 500
LONGEST_ADDRESS: Final = 1000
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


@dataclass(frozen=True)
class Metadata:
    """The provider's own description. ``names_pkce`` is False when it does not say whether it offers PKCE."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    end_session_endpoint: str
    secret_in_form: bool
    names_pkce: bool
    returns_issuer: bool
    algorithms: tuple[str, ...]


def read_metadata(document: Mapping[str, Any], issuer: str, *, development: bool) -> Metadata:
    """Check a discovery document. Raises Trouble that says what is wrong with it."""
    if document.get("issuer") != issuer:
        raise Trouble("other_issuer")
    addresses = {
        name: _address(document, name, development=development)
        for name in (
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "userinfo_endpoint",
            "end_session_endpoint",
        )
    }
    if not all(addresses[name] for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")):
        raise Trouble("incomplete")
    if "code" not in _words(document, "response_types_supported", ["code"]):
        raise Trouble("no_code")
    challenges = _words(document, "code_challenge_methods_supported", [])
    if challenges and "S256" not in challenges:
        raise Trouble("no_pkce")
    signed = _words(document, "id_token_signing_alg_values_supported", ["RS256"])
    algorithms = tuple(one for one in ALGORITHMS if one in signed)
    if not algorithms:
        raise Trouble("no_algorithm")
    ways = _words(document, "token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Metadata(
        issuer=issuer,
        **addresses,
        secret_in_form="client_secret_basic" not in ways,
        names_pkce=bool(challenges),
        returns_issuer=document.get("authorization_response_iss_parameter_supported") is True,
        algorithms=algorithms,
    )


def _address(document: Mapping[str, Any], name: str, *, development: bool) -> str:
    value = document.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS:
        raise Trouble("incomplete")
    if value:
        check_url(value, development=development)
    return value


def _words(document: Mapping[str, Any], name: str, default: list[str]) -> list[str]:
    value = document.get(name, default)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else default


def read_keys(document: Mapping[str, Any]) -> KeySet:
    """The keys that may sign; keys of other kinds or uses are left out. Raises Trouble when none is left."""
    listed = document.get("keys")
    keys = [key for one in listed if (key := _key(one))] if isinstance(listed, list) else []
    if not keys:
        raise Trouble("no_keys")
    return KeySet(keys)


def _key(value: Any) -> Key | None:
    kinds: dict[str, type[RSAKey | ECKey | OKPKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
    if not isinstance(value, dict) or value.get("use", "sig") != "sig" or value.get("kty") not in kinds:
        return None
    try:
        return kinds[value["kty"]].import_key({name: part for name, part in value.items() if name != "d"})
    except (JoseError, ValueError, TypeError, KeyError):
        return None


@dataclass
class _Known:
    metadata: Metadata
    until: datetime
    keys: KeySet | None = None
    keys_at: datetime | None = None


class Directory:
    """What is known about providers, kept for an hour for each provider of each tenant."""

    def __init__(self, outbound: Outbound) -> None:
        self.outbound = outbound
        self._known: OrderedDict[tuple[UUID, str], _Known] = OrderedDict()
        self._lock = Lock()

    def metadata(self, tenant_id: UUID, issuer: str, *, anew: bool = False) -> Metadata:
        """What the provider says about itself. Raises Trouble."""
        return self._entry(tenant_id, issuer, anew=anew).metadata

    def keys(self, tenant_id: UUID, issuer: str, *, anew: bool = False) -> KeySet:
        """Its keys. ``anew`` asks again, for a key that is not known, but at most once a minute.

        Raises Trouble.
        """
        known, now = self._entry(tenant_id, issuer), clock.now()
        age = now - known.keys_at if known.keys_at else LASTS
        if known.keys is None or age >= LASTS or (anew and age >= PAUSE):
            known.keys_at = now
            known.keys = read_keys(self.outbound.get(known.metadata.jwks_uri))
        return known.keys

    def _entry(self, tenant_id: UUID, issuer: str, *, anew: bool = False) -> _Known:
        key, now = (tenant_id, issuer), clock.now()
        with self._lock:
            known = self._known.get(key)
        if known is not None and not anew and known.until > now:
            return known
        document = self.outbound.get(issuer.rstrip("/") + WELL_KNOWN)
        found = read_metadata(document, issuer, development=self.outbound.development)
        entry = _Known(found, now + LASTS)
        with self._lock:
            self._known[key] = entry
            self._known.move_to_end(key)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return entry


def directory() -> Directory:
    """The directory of the running application."""
    found: Directory = current_app.extensions["fotfeste_sso"]
    return found
