"""What a plugin says about itself before anything of it is used."""

from dataclasses import dataclass

from core.plugin_host.wording import Wording

SDK_VERSION = 1


@dataclass(frozen=True)
class Manifest:
    """The head of every plugin.

    ``name`` is the package's name and the prefix of all its keys and tables; ``sdk`` is the range of SDK
    versions it was written for (``">=1,<2"``); ``requires`` names other plugins it stands on;
    ``personal_data`` lists the categories of personal data it keeps.
    """

    name: str
    title: Wording
    summary: Wording
    version: str
    sdk: str = ">=1,<2"
    requires: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("nb", "da", "en")
    contact: str = ""
    personal_data: tuple[str, ...] = ()
