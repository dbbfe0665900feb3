"""What a plugin needs to let agreements be signed at an e-signature service (docs/signing-providers.md)."""

from core.plugin_host.signing import (
    Callback,
    Envelope,
    EnvelopeSignatory,
    ForgedCallbackError,
    Happened,
    News,
    ServiceAccess,
    ServiceDownError,
    ServiceRefusedError,
    ServiceSetting,
    SignedFile,
    SigningProvider,
    SigningSteps,
)

__all__ = [
    "Callback",
    "Envelope",
    "EnvelopeSignatory",
    "ForgedCallbackError",
    "Happened",
    "News",
    "ServiceAccess",
    "ServiceDownError",
    "ServiceRefusedError",
    "ServiceSetting",
    "SignedFile",
    "SigningProvider",
    "SigningSteps",
]
