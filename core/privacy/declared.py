"""The categories of personal data that the rooms and plugins of this process declare."""

from core.kernel.personal import marked_columns
from core.plugin_host.checks import BadPluginError, check_prefix
from core.plugin_host.privacy import Outcome, PersonalData
from core.tenancy.kinds import host


def read_personal_data(plugin: str, data: PersonalData) -> PersonalData:
    """Check a declared category. Raises BadPluginError."""
    check_prefix(plugin, data.key)
    unknown = {column.name for column in data.columns} - set(marked_columns())
    if unknown:
        raise BadPluginError(
            f"{data.key} names {', '.join(sorted(unknown))}, which no table marks as personal"
        )
    if data.outcome is Outcome.KEEP and data.kept_because is None:
        raise BadPluginError(f"{data.key} is kept, but does not say why")
    return data


def all_personal_data() -> list[PersonalData]:
    """Every declared category, in order of key."""
    found = [one.value for one in host().declared("register_personal_data")]
    return sorted(found, key=lambda data: data.key)


def personal_data_in_force() -> list[PersonalData]:
    """The categories of core and of the plugins that the tenant in scope has switched on."""
    on = host().in_force()
    found = [one.value for one in host().declared("register_personal_data") if one.plugin in on]
    return sorted(found, key=lambda data: data.key)


def titles_in(language: str) -> dict[str, str]:
    """What each category is called, by key."""
    return {one.key: one.title.in_language(language) for one in all_personal_data()}
