"""Secrets for personal links. Only the hash of a token is ever stored."""

import hashlib
import secrets


def new_token() -> str:
    """A random token of 256 bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """The SHA-256 of a token, as hexadecimal: what is stored and looked up."""
    return hashlib.sha256(token.encode()).hexdigest()
