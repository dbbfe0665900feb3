"""The only part of core that a plugin may import."""

from core.kernel.clock import today
from core.kernel.sorting import nordic_sort_key
from core.plugin_host.declarations import (
    ActionText,
    AgreementFacts,
    AgreementTypeFolder,
    DemoAgreement,
    DemoMeeting,
    DemoPerson,
    DemoTenant,
    Finding,
    HandedOver,
    Matter,
    MenuEntry,
    NumberCheck,
    OfficialPlace,
    Role,
    SampleActivity,
    SubjectText,
    TenantKind,
    UnitKind,
)
from core.plugin_host.manifest import Manifest
from core.plugin_host.privacy import (
    Erasure,
    Outcome,
    PersonalColumn,
    PersonalData,
    PersonFile,
    PersonFound,
    PersonKey,
    PersonRecord,
    Retention,
)
from core.plugin_host.specs import hook
from core.plugin_host.wording import Wording

__all__ = [
    "ActionText",
    "AgreementFacts",
    "AgreementTypeFolder",
    "DemoAgreement",
    "DemoMeeting",
    "DemoPerson",
    "DemoTenant",
    "Erasure",
    "Finding",
    "HandedOver",
    "Manifest",
    "Matter",
    "MenuEntry",
    "NumberCheck",
    "OfficialPlace",
    "Outcome",
    "PersonFile",
    "PersonFound",
    "PersonKey",
    "PersonRecord",
    "PersonalColumn",
    "PersonalData",
    "Retention",
    "Role",
    "SampleActivity",
    "SubjectText",
    "TenantKind",
    "UnitKind",
    "Wording",
    "hook",
    "nordic_sort_key",
    "today",
]
