"""Checking what a provider says about a person: signed by it, for us, for this sign-in, just now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, TypeGuard

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from core.access.sso.troubles import Trouble

LEEWAY: Final = timedelta(seconds=60)
LONGEST_SUBJECT: Final = 255
LONGEST_TOKEN: Final = 64 * 1024


class Keys(Protocol):
    """Gives the provider's keys; ``anew`` when a key is not among them."""

    def __call__(self, *, anew: bool = False) -> KeySet:
        """The keys. Raises Trouble."""


@dataclass(frozen=True)
class Expected:
    """What an answer must hold. ``levels`` are the accepted values of ``acr``; empty accepts every one.

    ``signed_in_since`` is set when the person was asked to sign in once more.
    """

    issuer: str
    client_id: str
    nonce: str
    algorithms: tuple[str, ...]
    levels: tuple[str, ...] = ()
    signed_in_since: datetime | None = None


def checked_claims(token: object, keys: Keys, expected: Expected, now: datetime) -> dict[str, Any]:
    """The claims of an identity token. Raises Trouble that says which check failed."""
    if not isinstance(token, str) or not token or len(token) > LONGEST_TOKEN:
        raise Trouble("no_token")
    claims = _signed_claims(token, keys, expected.algorithms)
    _check_parties(claims, expected)
    _check_time(claims, expected, now)
    if expected.levels and claims.get("acr") not in expected.levels:
        raise Trouble("too_weak")
    return claims


def _signed_claims(token: str, keys: Keys, algorithms: tuple[str, ...]) -> dict[str, Any]:
    header = _header(token)
    if header.get("alg") not in algorithms or "crit" in header:
        raise Trouble("bad_algorithm")
    kid = header.get("kid")
    key = _key_for(keys(), kid) or _key_for(keys(anew=True), kid)
    if key is None:
        raise Trouble("unknown_key")
    try:
        return dict(jwt.decode(token, key, algorithms=list(algorithms)).claims)
    except (JoseError, ValueError, TypeError) as error:
        raise Trouble("bad_signature") from error


def _header(token: str) -> Mapping[str, Any]:
    try:
        return jws.extract_compact(token.encode("ascii")).headers()
    except (JoseError, ValueError, TypeError) as error:
        raise Trouble("bad_token") from error


def _key_for(keys: KeySet, kid: object) -> Key | None:
    if kid is None:
        return keys.keys[0] if len(keys.keys) == 1 else None
    return next((key for key in keys.keys if key.kid == kid), None)


def _check_parties(claims: Mapping[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise Trouble("wrong_issuer")
    audience = claims.get("aud")
    several = audience if isinstance(audience, list) else [audience]
    authorised = claims.get("azp", expected.client_id if len(several) == 1 else None)
    if expected.client_id not in several or authorised != expected.client_id:
        raise Trouble("wrong_audience")
    if not expected.nonce or claims.get("nonce") != expected.nonce:
        raise Trouble("wrong_nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Trouble("no_subject")


def _check_time(claims: Mapping[str, Any], expected: Expected, now: datetime) -> None:
    moment, leeway = now.timestamp(), LEEWAY.total_seconds()
    ends, made, begins = claims.get("exp"), claims.get("iat"), claims.get("nbf", 0)
    if not _is_number(ends) or not _is_number(made) or not _is_number(begins):
        raise Trouble("expired")
    if ends <= moment - leeway or max(made, begins) > moment + leeway:
        raise Trouble("expired")
    since = expected.signed_in_since
    if since is not None:
        signed_in = claims.get("auth_time")
        if not _is_number(signed_in) or signed_in < since.timestamp() - leeway:
            raise Trouble("not_recent")


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
