"""Of every column somebody has decided whether it is personal; those that are have a purpose and a period."""

import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, LargeBinary, String, Table
from sqlalchemy.dialects.postgresql import JSONB

import core.tables  # noqa: F401  for the tables
from core.kernel.database import SHARED_METADATA
from core.kernel.personal import (
    NAME,
    can_hold_text,
    impersonal,
    marked_columns,
    personal,
    undecided_columns,
)
from core.testing.contract import plugin_in, start_with

MINIATURE = Path(__file__).parents[1] / "miniature"
sys.path.insert(0, str(MINIATURE))

NOT_PERSONAL = {
    "access_approval.action": "the key of a declared act",
    "access_approval.arguments": "ids and short keys",
    "access_stand_in.way": "a word of ours",
    "tenancy_tenant.*": "about an authority, from an official list or its own settings",
    "*.token_hash": "the hash of a random text, which nobody can go back from",
    "*.sha256": "a fingerprint of a content",
    "*.signed_sha256": "a fingerprint of a content",
    "*.language": "one of the three languages",
    "*.role": "the key of a declared role",
    "*.actor_kind": "a word of ours: account, link or system",
    "*.subject_kind": "a noun of ours",
    "*.kind": "a word of ours",
    "agreements_*.key": "a key that a declaration names",
    "obligations_obligation.key": "a key that a declaration names",
    "*.secret_hash": "the hash of a random text, which nobody can go back from",
    "*.code_hash": "the hash of a random text, which nobody can go back from",
    "access_session.ways": "words of ours: password, passkey and the like",
    "*.party_key": "a key that a declaration names",
    "*.roles": "keys of declared roles",
    "*.place_code": "the code of an official list",
    "access_federated_identity.issuer": "the address of an identity provider",
    "access_federated_identity.given_roles": "keys of declared roles",
    "access_identity_provider.*": "how a tenant's identity provider is asked, never what it answers",
    "access_invitation.unit_ids": "ids",
    "access_own_role.*": "a role that a tenant made: its name and permissions",
    "agreements_agreement.type_key": "a key that a declaration names",
    "agreements_agreement.edition": "the edition of a declaration",
    "agreements_party.number": "the public number of an organisation",
    "agreements_party.sector": "public or private",
    "agreements_party.signatory_key": "a key that a declaration names",
    "documents_seal.certificate": "the fingerprint of a certificate of the platform",
    "documents_stored_file.purpose": "a word of ours",
    "documents_stored_file.media_type": "such as application/pdf",
    "kernel_audit_entry.action": "a word of ours",
    "kernel_outgoing_mail.sender": "the name of a tenant",
    "notices_choice.rhythm": "a word of ours",
    "kernel_audit_entry.fields": "names of columns, never what stands in them",
    "access_operator.named_by": "which command or page it was done by",
    "kernel_audit_entry.previous": "a fingerprint",
    "kernel_audit_entry.hash": "a fingerprint",
    "kernel_audit_head.hash": "a fingerprint",
    "kernel_job_error.error": "the kind of an error, without what it was about",
    "kernel_plugin_health.*": "how the hooks of plugins go",
    "tenancy_closed_tenant.*": "about an authority, and counts of rows",
    "tenancy_withheld_plugin.plugin": "the name of a plugin",
    "kernel_platform_entry.reason": "written by our own code",
    "obligations_obligation.agenda": "the agenda of a meeting, from a declaration",
    "obligations_obligation.participants": "keys of contacts, which a declaration names",
    "obligations_reminder.step": "a word of ours",
    "*.stopped_by": "the name of a plugin, or a word of ours",
    "privacy_erasure.results": "keys of categories, counts, and the declared reasons",
    "tenancy_tenant_plugin.plugin": "the name of a plugin",
    "tenancy_unit.name": "what a unit is called",
}
"""Columns that could hold a name, and why they never do. Think: may somebody type a name there?"""


def is_listed(column: str) -> bool:
    return any(fnmatch(column, pattern) for pattern in NOT_PERSONAL)


def test_somebody_has_decided_of_every_column_whether_it_is_personal() -> None:
    start_with({"seminars": plugin_in(MINIATURE, "seminars")})
    undecided = [one for one in undecided_columns(SHARED_METADATA.sorted_tables) if not is_listed(one)]
    assert undecided == [], (
        "say whether these hold something about a person: info=personal(category) where the column is "
        "declared, or a line with the reason in NOT_PERSONAL"
    )


def test_nothing_is_listed_that_is_not_there_any_more() -> None:
    columns = [str(column) for table in SHARED_METADATA.sorted_tables for column in table.columns]
    assert [one for one in NOT_PERSONAL if not any(fnmatch(column, one) for column in columns)] == []


def test_nothing_is_both_personal_and_listed() -> None:
    assert [one for one in marked_columns() if is_listed(one)] == []


def test_a_new_column_is_asked_about() -> None:
    table = Table("new_table", type(SHARED_METADATA)(), Column("nickname", String), Column("size", Integer))
    assert undecided_columns([table]) == ["new_table.nickname"]


@pytest.mark.parametrize(
    ("column", "can"),
    [
        (Column("a", String), True),
        (Column("a", JSONB), True),
        (Column("a", LargeBinary), True),
        (Column("a", Integer), False),
    ],
    ids=["text", "json", "bytes", "number"],
)
def test_text_json_and_bytes_can_hold_a_name(column: Column[object], can: bool) -> None:
    assert can_hold_text(column) is can


def test_a_category_is_one_of_ours_and_a_reason_is_given() -> None:
    assert personal(NAME) == {"personal": "name"}
    with pytest.raises(ValueError, match="no category"):
        personal("names")
    with pytest.raises(ValueError, match="say why"):
        impersonal(" ")


def test_every_personal_column_is_declared_with_purpose_and_period() -> None:
    host = start_with({"seminars": plugin_in(MINIATURE, "seminars")})
    assert host.unavailable == {}
    declared = [
        column.name for one in host.declared("register_personal_data") for column in one.value.columns
    ]
    assert set(marked_columns()) - set(declared) == set(), "add them to a PersonalData of their room"
    assert len(declared) == len(set(declared)), "each column belongs to one category"
