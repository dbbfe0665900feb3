"""Every hook there is. Each has a caller, a second user, a heading in docs/hooks.md and a contract test."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pluggy
from flask import Blueprint

from core.plugin_host.declarations import (
    ActionText,
    AgreementFacts,
    AgreementTypeFolder,
    Finding,
    GoalMeasure,
    HandedOver,
    Holidays,
    Matter,
    Measured,
    MeasureQuestion,
    MenuEntry,
    Role,
    SubjectText,
    TenantKind,
    UnitKind,
)
from core.plugin_host.demo import (
    DemoAgreement,
    DemoChoice,
    DemoPerson,
    DemoTenant,
    DemoVariant,
)
from core.plugin_host.privacy import Erasure, PersonalData, PersonFound, PersonKey, PersonRecord
from core.plugin_host.signing import SigningProvider
from core.plugin_host.wording import Wording
from core.rules.rule_set import RuleSet

PROJECT = "fotfeste"
spec = pluggy.HookspecMarker(PROJECT)
hook = pluggy.HookimplMarker(PROJECT)


@dataclass(frozen=True)
class HookKind:
    """``phase`` decides what an error means; ``item`` is the type of each value in the answer.

    Only a hook that ``writes`` may leave changed rows behind; it is called in a unit of work.
    """

    name: str
    phase: str
    item: tuple[type, ...]
    container: type = list
    writes: bool = False


class Hooks:
    """The hook specifications. Implementations are module-level functions of a plugin's ``plugin.py``."""

    @spec
    def register_tenant_kinds(self) -> list[TenantKind]:  # type: ignore[empty-body]
        """Kinds of tenants that may sign up."""

    @spec
    def register_unit_kinds(self) -> list[UnitKind]:  # type: ignore[empty-body]
        """Kinds of units that a tenant may have."""

    @spec
    def register_roles(self) -> list[Role]:  # type: ignore[empty-body]
        """Roles that a member of a tenant may have."""

    @spec
    def register_blueprints(self) -> list[Blueprint]:  # type: ignore[empty-body]
        """Pages, as Flask blueprints whose name begins with the plugin's."""

    @spec
    def register_menu(self) -> list[MenuEntry]:  # type: ignore[empty-body]
        """Entries of a tenant's main menu."""

    @spec
    def register_actions(self) -> list[ActionText | SubjectText]:  # type: ignore[empty-body]
        """What the audit's actions and subjects are called in plain words."""

    @spec
    def register_agreement_types(self) -> list[AgreementTypeFolder]:  # type: ignore[empty-body]
        """Agreement types, as folders of declaration files."""

    @spec
    def register_goal_measures(self) -> list[GoalMeasure]:  # type: ignore[empty-body]
        """What can be counted for the goals of agreements."""

    @spec
    def register_signing_providers(self) -> list[SigningProvider]:  # type: ignore[empty-body]
        """Services at which agreements can be signed."""

    @spec
    def register_rule_sets(self) -> list[RuleSet]:  # type: ignore[empty-body]
        """Rules of law that answer a question about a matter."""

    @spec
    def register_demo(  # type: ignore[empty-body]
        self,
    ) -> list[DemoTenant | DemoAgreement | DemoPerson | DemoVariant | DemoChoice]:
        """Fictional tenants, agreements and people for the demo."""

    @spec
    def register_personal_data(self) -> list[PersonalData]:  # type: ignore[empty-body]
        """What is kept about people, why, on which legal basis and for how long."""

    @spec
    def provide_holidays(self, country: str, year: int) -> Holidays:  # type: ignore[empty-body]
        """Public holidays of a country (ISO 3166 alpha-2) in a year; empty for a country not your own."""

    @spec
    def provide_findings(self, facts: AgreementFacts) -> list[Finding]:  # type: ignore[empty-body]
        """What stands out in a draft before it is sent; an error counts as an unknown that stops it."""

    @spec
    def provide_measured(self, wanted: list[MeasureQuestion]) -> list[Measured]:  # type: ignore[empty-body]
        """Values of the plugin's own measures, for many agreements and periods at once."""

    @spec
    def provide_people(self, text: str) -> list[PersonFound]:  # type: ignore[empty-body]
        """People of the tenant whose name or e-mail address contains a text."""

    @spec
    def export_person(self, who: PersonKey) -> list[PersonRecord]:  # type: ignore[empty-body]
        """Everything that is kept about a person in the tenant; an error stops the whole export."""

    @spec
    def erase_person(self, who: PersonKey, dry_run: bool) -> list[Erasure]:  # type: ignore[empty-body]  # noqa: FBT001
        """Erase or anonymise a person, or say what would be done; an error stops the whole erasure."""

    @spec
    def erase_expired(  # type: ignore[empty-body]
        self, now: datetime, held: list[PersonKey], keys: list[str]
    ) -> list[Erasure]:
        """Erase what is due by its period in the categories ``keys``, and say what is due in the others."""

    @spec
    def provide_matters(self, email: str) -> list[Matter]:  # type: ignore[empty-body]
        """What concerns somebody outside, by an e-mail address in small letters that is theirs."""

    @spec
    def hand_over_work(  # type: ignore[empty-body]
        self,
        from_account: UUID,
        to_account: UUID,
        dry_run: bool,  # noqa: FBT001
    ) -> list[HandedOver]:
        """Move one colleague's open work to another, or say what would be moved; an error moves nothing."""

    @spec
    def slot_next_steps(self, facts: AgreementFacts) -> list[Wording]:  # type: ignore[empty-body]
        """Short advice beside an agreement: what its people usually do next."""

    @spec
    def on_agreement_activated(self, agreement_id: UUID) -> None:
        """All parties have signed; told after the commit, retried until it succeeds."""


DECLARE, EVALUATE, RENDER, REACT = "declare", "evaluate", "render", "react"

KINDS: dict[str, HookKind] = {
    kind.name: kind
    for kind in (
        HookKind("register_tenant_kinds", DECLARE, (TenantKind,)),
        HookKind("register_unit_kinds", DECLARE, (UnitKind,)),
        HookKind("register_roles", DECLARE, (Role,)),
        HookKind("register_blueprints", DECLARE, (Blueprint,)),
        HookKind("register_menu", DECLARE, (MenuEntry,)),
        HookKind("register_actions", DECLARE, (ActionText, SubjectText)),
        HookKind("register_agreement_types", DECLARE, (AgreementTypeFolder,)),
        HookKind("register_goal_measures", DECLARE, (GoalMeasure,)),
        HookKind("register_signing_providers", DECLARE, (SigningProvider,)),
        HookKind("register_rule_sets", DECLARE, (RuleSet,)),
        HookKind("register_demo", DECLARE, (DemoTenant, DemoAgreement, DemoPerson, DemoVariant, DemoChoice)),
        HookKind("register_personal_data", DECLARE, (PersonalData,)),
        HookKind("provide_holidays", EVALUATE, (date,), container=set),
        HookKind("provide_findings", EVALUATE, (Finding,)),
        HookKind("provide_measured", EVALUATE, (Measured,)),
        HookKind("provide_people", EVALUATE, (PersonFound,)),
        HookKind("export_person", EVALUATE, (PersonRecord,)),
        HookKind("erase_person", EVALUATE, (Erasure,), writes=True),
        HookKind("erase_expired", EVALUATE, (Erasure,), writes=True),
        HookKind("provide_matters", EVALUATE, (Matter,)),
        HookKind("hand_over_work", EVALUATE, (HandedOver,), writes=True),
        HookKind("slot_next_steps", RENDER, (Wording,)),
        HookKind("on_agreement_activated", REACT, (), container=type(None)),
    )
}

Reader = Callable[[str, Any], Any]
"""Takes the plugin's name and one declared value; gives what the room keeps, or raises with a message."""
