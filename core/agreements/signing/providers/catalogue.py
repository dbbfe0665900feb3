"""The signing providers that plugins declare, and those that the tenant in scope can use."""

from typing import Final

from core.plugin_host.checks import BadPluginError, check_prefix
from core.plugin_host.signing import SigningProvider, SigningSteps
from core.tenancy.kinds import host

HOOK: Final = "register_signing_providers"
BUILT_IN: Final = "agreements.personal_link"


def read_provider(plugin: str, provider: SigningProvider) -> SigningProvider:
    """Check a declared provider. Raises BadPluginError."""
    check_prefix(plugin, provider.key)
    if not isinstance(provider.steps, SigningSteps):
        raise BadPluginError(f"{provider.key}: its steps lack one of those of SigningSteps")
    keys = [one.key for one in provider.settings]
    if len(keys) != len(set(keys)):
        raise BadPluginError(f"{provider.key}: two settings have the same key")
    return provider


def providers_here() -> dict[str, SigningProvider]:
    """Every provider of the plugins that the tenant in scope has on, by its key; our own comes first."""
    on = host().in_force()
    declared = [one.value for one in host().declared(HOOK) if one.plugin in on]
    return {one.key: one for one in sorted(declared, key=lambda one: (one.key != BUILT_IN, one.key))}


def find(key: str) -> SigningProvider | None:
    """A provider that the tenant in scope can use; "" means our own."""
    return providers_here().get(key or BUILT_IN)


def title_of(key: str, language: str) -> str:
    """What a provider is called, also where it is switched off; its key when its plugin is gone."""
    known = (one.value for one in host().declared(HOOK))
    found = next((one for one in known if one.key == key), None)
    return found.title.in_language(language) if found else key
