"""Codes of an authenticator app: pure arithmetic with a shared secret and the time (RFC 6238)."""

import hmac
import secrets
from base64 import b32decode, b32encode, b64encode
from datetime import datetime
from urllib.parse import quote, urlencode

import qrcode
from qrcode.image.svg import SvgPathImage

DIGITS = 6
SECONDS = 30
BYTES = 20
TOLERATED = 1
"""How many steps a clock may be wrong, either way."""


def new_secret() -> str:
    """A random secret of 160 bits, as an authenticator app takes it."""
    return b32encode(secrets.token_bytes(BYTES)).decode()


def code_of(secret: str, step: int) -> str:
    """The code that belongs to a step of 30 seconds."""
    digest = hmac.digest(b32decode(secret), step.to_bytes(8), "sha1")
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4]) & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_at(at: datetime) -> int:
    """The step that an instant lies in."""
    return int(at.timestamp()) // SECONDS


def matching_step(secret: str, code: str, at: datetime, *, after: int | None = None) -> int | None:
    """The step that a code belongs to, if it is one of now; one that was used, or lies before it, is not."""
    now = step_at(at)
    for step in range(now - TOLERATED, now + TOLERATED + 1):
        is_unused = after is None or step > after
        if is_unused and hmac.compare_digest(code_of(secret, step).encode(), code.encode()):
            return step
    return None


def address_of(secret: str, email: str, product: str) -> str:
    """What an authenticator app reads from the square: whose secret it is, and for what."""
    label = quote(f"{product}:{email}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': product})}"


def square_of(address: str) -> str:
    """A picture of an address for the camera of a phone, as an address of the picture itself."""
    picture = qrcode.make(address, image_factory=SvgPathImage, box_size=20, border=4).to_string()
    return f"data:image/svg+xml;base64,{b64encode(picture).decode()}"


def in_groups(secret: str) -> str:
    """A secret in groups of four letters, for typing."""
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
