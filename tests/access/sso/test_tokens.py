"""An identity token is believed only when everything about it is right."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from core.access.sso.discovery import read_keys
from core.access.sso.tokens import Expected, checked_claims
from core.access.sso.troubles import Trouble
from tests.access.sso.provider import CLIENT, KEY, OTHER_KEY

ISSUER, NONCE = "https://id.example", "the nonce of this sign-in"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
EXPECTED = Expected(ISSUER, CLIENT, NONCE, ("RS256", "ES256"))


class Shown:
    """The provider's keys, with a count of how often they were asked for anew."""

    def __init__(self, *keys: Any, later: tuple[Any, ...] = ()) -> None:
        self.now, self.later, self.asked = keys, later, 0

    def __call__(self, *, anew: bool = False) -> KeySet:
        self.asked += anew
        shown = (*self.now, *self.later) if self.asked else self.now
        return read_keys({"keys": [key.as_dict(private=False) for key in shown]})


def claims(**changes: Any) -> dict[str, Any]:
    moment = int(NOW.timestamp())
    made = {"iss": ISSUER, "aud": CLIENT, "sub": "p", "nonce": NONCE, "iat": moment, "exp": moment + 300}
    return {name: value for name, value in (made | changes).items() if value is not None}


def token(key: RSAKey = KEY, header: dict[str, Any] | None = None, **changes: Any) -> str:
    return jwt.encode(header or {"alg": "RS256", "kid": key.kid}, claims(**changes), key)


def encoded(header: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()


def check(made: object, shown: Shown | None = None, expected: Expected = EXPECTED) -> dict[str, Any]:
    return checked_claims(made, shown or Shown(KEY), expected, NOW)


def refused(made: object, shown: Shown | None = None, expected: Expected = EXPECTED) -> str:
    with pytest.raises(Trouble) as caught:
        check(made, shown, expected)
    return caught.value.key


def test_a_token_in_order_gives_its_claims() -> None:
    assert check(token())["sub"] == "p"
    assert check(token(aud=[CLIENT, "another"], azp=CLIENT))["sub"] == "p"


def test_a_token_signed_on_an_elliptic_curve_is_believed_too() -> None:
    key = ECKey.generate_key("P-256", {"kid": "curve"}, private=True)
    made = jwt.encode({"alg": "ES256", "kid": "curve"}, claims(), key)
    assert check(made, Shown(key))["sub"] == "p"


MOMENT = int(NOW.timestamp())
WRONG = {
    "another issuer": ({"iss": "https://evil.example"}, "wrong_issuer"),
    "an issuer with a slash more": ({"iss": f"{ISSUER}/"}, "wrong_issuer"),
    "no issuer": ({"iss": None}, "wrong_issuer"),
    "another audience": ({"aud": "another"}, "wrong_audience"),
    "no audience": ({"aud": None}, "wrong_audience"),
    "several audiences without saying which one asked": ({"aud": [CLIENT, "another"]}, "wrong_audience"),
    "one that another service asked for": ({"azp": "another"}, "wrong_audience"),
    "another nonce": ({"nonce": "that of somebody else"}, "wrong_nonce"),
    "no nonce": ({"nonce": None}, "wrong_nonce"),
    "no subject": ({"sub": None}, "no_subject"),
    "an empty subject": ({"sub": ""}, "no_subject"),
    "a subject that is a number": ({"sub": 7}, "no_subject"),
    "a subject without end": ({"sub": "p" * 256}, "no_subject"),
    "one that has run out": ({"exp": MOMENT - 61}, "expired"),
    "one without an end": ({"exp": None}, "expired"),
    "an end that is no number": ({"exp": "tomorrow"}, "expired"),
    "one from the future": ({"iat": MOMENT + 120}, "expired"),
    "one that begins later": ({"nbf": MOMENT + 120}, "expired"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_token_is_refused_for(what: str) -> None:
    changes, why = WRONG[what]
    assert refused(token(**changes)) == why


def test_a_clock_that_is_a_little_off_does_no_harm() -> None:
    assert check(token(exp=MOMENT - 30, iat=MOMENT + 30))


def test_a_token_that_nobody_signed_is_refused() -> None:
    _head, body, _signature = token().split(".")
    assert refused(f"{encoded({'alg': 'none'})}.{body}.") == "bad_algorithm"


def test_a_public_key_used_as_a_shared_secret_is_refused() -> None:
    """The oldest trick: sign with the text of the public key, and say that it is an HMAC."""
    _head, body, _signature = token().split(".")
    signed = f"{encoded({'alg': 'HS256', 'kid': 'one'})}.{body}"
    seal = hmac.new(KEY.as_pem(private=False), signed.encode(), hashlib.sha256).digest()
    made = f"{signed}.{base64.urlsafe_b64encode(seal).rstrip(b'=').decode()}"
    assert refused(made) == "bad_algorithm"
    wide = Expected(ISSUER, CLIENT, NONCE, ("RS256", "HS256"))
    assert refused(made, expected=wide) == "bad_signature"


def test_a_changed_claim_breaks_the_signature() -> None:
    head, _body, signature = token().split(".")
    _head, other, _signature = token(sub="somebody else").split(".")
    assert refused(f"{head}.{other}.{signature}") == "bad_signature"


def test_a_token_signed_by_another_key_under_a_known_name_is_refused() -> None:
    assert refused(token(OTHER_KEY, {"alg": "RS256", "kid": "one"})) == "bad_signature"


def test_a_key_that_is_not_known_is_asked_for_once() -> None:
    shown = Shown(KEY, later=(OTHER_KEY,))
    assert check(token(OTHER_KEY), shown)["sub"] == "p"
    assert shown.asked == 1
    nowhere = Shown(KEY)
    assert refused(token(OTHER_KEY), nowhere) == "unknown_key"
    assert nowhere.asked == 1


def test_a_token_that_does_not_name_its_key_is_believed_when_there_is_only_one() -> None:
    made = token(KEY, {"alg": "RS256"})
    assert check(made)["sub"] == "p"
    assert refused(made, Shown(KEY, OTHER_KEY)) == "unknown_key"


def test_an_extension_that_must_be_understood_is_not() -> None:
    head = {"alg": "RS256", "kid": "one"}
    _head, body, signature = token(KEY, head).split(".")
    assert refused(f"{encoded({**head, 'crit': ['exp']})}.{body}.{signature}") == "bad_algorithm"


@pytest.mark.parametrize("nonsense", ["a.b", "a.b.c", "æ.ø.å", "x" * 70_000, "", None, 7, ["a"]])
def test_what_is_no_token_is_refused(nonsense: object) -> None:
    assert refused(nonsense) in {"bad_token", "no_token", "bad_algorithm"}


def test_only_the_accepted_levels_of_assurance_let_one_in() -> None:
    strict = Expected(ISSUER, CLIENT, NONCE, ("RS256",), levels=("substantial", "high"))
    assert check(token(acr="high"), expected=strict)
    assert refused(token(acr="low"), expected=strict) == "too_weak"
    assert refused(token(), expected=strict) == "too_weak"


def test_whoever_must_sign_in_again_did_so_after_being_asked() -> None:
    again = Expected(ISSUER, CLIENT, NONCE, ("RS256",), signed_in_since=NOW - timedelta(minutes=1))
    assert check(token(auth_time=MOMENT), expected=again)
    assert refused(token(auth_time=MOMENT - 3600), expected=again) == "not_recent"
    assert refused(token(), expected=again) == "not_recent"


def test_keys_of_other_kinds_and_uses_are_left_out() -> None:
    shared = {"kty": "oct", "k": "c2VjcmV0", "kid": "shared"}
    hiding = KEY.as_dict(private=False) | {"use": "enc"}
    with pytest.raises(Trouble) as caught:
        read_keys({"keys": [shared, hiding, {"kty": "RSA"}, "nonsense", {"kty": "RSA", "n": 1, "e": 2}]})
    assert caught.value.key == "no_keys"
