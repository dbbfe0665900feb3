"""The conversation with a provider: sending somebody there, and learning who came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from marshmallow import ValidationError
from requests.auth import HTTPBasicAuth

from core.access.schemas import LONGEST_NAME
from core.access.sso.discovery import Metadata, directory
from core.access.sso.flow import AGAIN, Flow
from core.access.sso.provider import ProviderCard
from core.access.sso.tokens import LONGEST_SUBJECT, Expected, checked_claims
from core.access.sso.troubles import Trouble
from core.kernel import clock
from core.web.fields import Email

OK: Final = 200
LONGEST_CODE: Final = 4000
MOST_VALUES: Final = 500


@dataclass(frozen=True)
class Asserted:
    """What a provider says about a person, checked. ``values`` are those of the claim for roles."""

    subject: str
    email: str
    email_verified: bool
    name: str
    values: tuple[str, ...]


def leaving(provider: ProviderCard, state: str, flow: Flow, redirect_uri: str) -> str:
    """The address at the provider where somebody signs in. Raises Trouble."""
    metadata = directory().metadata(provider.tenant_id, provider.issuer)
    again = {"prompt": "login", "max_age": "0"} if flow.purpose == AGAIN else {}
    levels = {"acr_values": " ".join(provider.levels)} if provider.levels else {}
    # What the tenant has added comes first, so that it can never take the place of what protects the sign-in.
    asked = {
        **provider.parameters,
        **levels,
        **again,
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": provider.scopes,
        "state": state,
        "nonce": flow.nonce,
        "code_challenge": create_s256_code_challenge(flow.verifier),
        "code_challenge_method": "S256",
    }
    return str(add_params_to_uri(metadata.authorization_endpoint, list(asked.items())))


def coming_back(provider: ProviderCard, flow: Flow, answer: Mapping[str, str], redirect_uri: str) -> Asserted:
    """Who came back, by the parameters of the callback. Raises Trouble."""
    metadata = directory().metadata(provider.tenant_id, provider.issuer)
    named = answer.get("iss")
    if named not in {None, provider.issuer} or (metadata.returns_issuer and named is None):
        raise Trouble("wrong_issuer")
    code = answer.get("code", "")
    if answer.get("error") or not 0 < len(code) <= LONGEST_CODE:
        raise Trouble("denied" if answer.get("error") == "access_denied" else "no_token")
    tokens = _tokens(provider, metadata, code, flow.verifier, redirect_uri)
    claims = checked_claims(
        tokens.get("id_token"),
        lambda *, anew=False: directory().keys(provider.tenant_id, provider.issuer, anew=anew),
        _expected(provider, metadata, flow),
        clock.now(),
    )
    return _asserted(provider, _with_userinfo(provider, metadata, claims, tokens))


def _expected(provider: ProviderCard, metadata: Metadata, flow: Flow) -> Expected:
    return Expected(
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=flow.nonce,
        algorithms=metadata.algorithms,
        levels=provider.levels,
        signed_in_since=flow.began_at if flow.purpose == AGAIN else None,
    )


def _tokens(
    provider: ProviderCard, metadata: Metadata, code: str, verifier: str, redirect_uri: str
) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    status, document = ask_for_tokens(provider, metadata, form)
    if status != OK:
        raise Trouble("wrong_secret" if document.get("error") == "invalid_client" else "bad_code")
    return document


def ask_for_tokens(
    provider: ProviderCard, metadata: Metadata, form: Mapping[str, str]
) -> tuple[int, dict[str, Any]]:
    """Post to the token endpoint, with the secret in the way that the provider asks for. Raises Trouble."""
    if metadata.secret_in_form:
        secret = {"client_id": provider.client_id, "client_secret": provider.client_secret}
        return directory().outbound.post(metadata.token_endpoint, {**form, **secret}, None)
    basic = HTTPBasicAuth(quote(provider.client_id, safe=""), quote(provider.client_secret, safe=""))
    return directory().outbound.post(metadata.token_endpoint, form, basic)


def _with_userinfo(
    provider: ProviderCard, metadata: Metadata, claims: dict[str, Any], tokens: Mapping[str, Any]
) -> dict[str, Any]:
    wanted = (provider.subject_claim, provider.email_claim, provider.name_claim, provider.roles_claim)
    token = tokens.get("access_token")
    is_whole = all(_found(claims, name) is not None for name in wanted if name)
    if is_whole or not metadata.userinfo_endpoint or not isinstance(token, str):
        return claims
    more = directory().outbound.get(metadata.userinfo_endpoint, token=token)
    if more.get("sub") != claims["sub"]:
        raise Trouble("other_person")
    return {**more, **claims}


def _asserted(provider: ProviderCard, claims: Mapping[str, Any]) -> Asserted:
    subject = _found(claims, provider.subject_claim)
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Trouble("no_subject")
    return Asserted(
        subject=subject,
        email=_email(claims, provider.email_claim),
        # What a provider has verified is the claim ``email``, and no other that a tenant reads instead.
        email_verified=provider.email_claim == "email" and _is_yes(claims.get("email_verified")),
        name=_name(claims, provider.name_claim),
        values=_values(claims, provider.roles_claim),
    )


def _is_yes(value: object) -> bool:
    """Some providers write the word instead of the value."""
    return value is True or value == "true"


def _email(claims: Mapping[str, Any], name: str) -> str:
    value = _found(claims, name)
    try:
        return str(Email().deserialize(value)) if isinstance(value, str) else ""
    except ValidationError:
        return ""


def _name(claims: Mapping[str, Any], name: str) -> str:
    value = _found(claims, name)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text[:LONGEST_NAME] if text.isprintable() else ""


def _values(claims: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = _found(claims, name)
    several = value if isinstance(value, list) else [value]
    return tuple(one for one in several[:MOST_VALUES] if isinstance(one, str))


def _found(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or by its path where it lies inside another one (``realm_access.roles``)."""
    if not name or name in claims:
        return claims.get(name)
    value: Any = claims
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
