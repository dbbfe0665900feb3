"""What attackers try on every address of the product, each with a test of its own.

Those on sign-in and sessions stand in tests/access, on pictures in tests/documents, on the head
of mails in tests/kernel.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import String, Text, select
from werkzeug.test import TestResponse

from core.kernel.database import SHARED_METADATA, db
from core.kernel.guard import is_owned
from core.kernel.mail import OutgoingMail
from core.kernel.personal import category_of
from core.kernel.scope import platform_scope
from tests.walls.furnishing import FORM
from tests.walls.permission_table import Row
from tests.walls.probing import INSIDE, MEMBER, TABLE, Probe, each

EVIL = "evil.example"
ELSEWHERE = (
    f"https://{EVIL}/",
    f"//{EVIL}/",
    f"/\\{EVIL}",
    f"https:{EVIL}",
    f"/\t/{EVIL}",
    "javascript:alert(1)",
)
BACK = ("next", "return_to", "back", "url", "target", "redirect")
SCRIPT = "\"'><script>alert(1)</script>"
NONSENSE = (
    "-1",
    "9" * 40,
    "æ" * 3000,
    SCRIPT,
    "1e9",
    "' OR 1=1 --",
    "\ufdd0\u202e",
    "2026-99-99",
    "{{7*7}}",
    "[]",
)
URL_ENCODED = "application/x-www-form-urlencoded"
POSTS = [row for row in TABLE if row.method == "POST"]
GETS = [row for row in TABLE if row.method == "GET"]
REFUSED, TOO_LARGE, INVALID, SERVER_ERROR = 400, 413, 422, 500


def ask(probe: Probe, row: Row, *, query: Any = None, visitor: str = MEMBER, **options: Any) -> TestResponse:
    """What an address answers to the administrator; whatever it did is undone."""
    with probe.probed.undone():
        url = probe.here.url(row.path)
        return probe.browser(visitor).open(url, method=row.method, query_string=query, **options)


def test_no_address_takes_another_method() -> None:
    assert {row.method for row in TABLE} == {"GET", "POST"}


@pytest.fixture
def tokens_checked(probe: Probe) -> Iterator[None]:
    """As in service: the other tests leave the token of forms out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(probe.probed.app.config, "WTF_CSRF_ENABLED", 1)
        yield


# A signing service has no cookie that another site could use; its own signature lets it in, or nothing.
@pytest.mark.usefixtures("tokens_checked")
@each([row for row in POSTS if row.who != "signing service"])
def test_a_form_from_another_site_changes_nothing(probe: Probe, row: Row) -> None:
    for form in (FORM, {**FORM, "csrf_token": "IjAi.made.up"}):
        answer = ask(probe, row, data=form)
        assert answer.status_code == REFUSED
        assert "open for too long" in answer.text


@each(TABLE)
def test_nobody_is_led_to_another_site(probe: Probe, row: Row) -> None:
    for turn in range(1 if row in INSIDE else len(ELSEWHERE)):
        given = spread(BACK, ELSEWHERE, turn)
        answer = ask(probe, row, query=given, data={**FORM, **given} if row.method == "POST" else None)
        for name in ("Location", "HX-Redirect", "HX-Location", "Refresh"):
            target = answer.headers.get(name, "/")
            assert target.startswith("/"), target
            assert not target.startswith(("//", "/\\")), target


def spread(names: Iterable[str], values: Sequence[str], turn: int) -> dict[str, str]:
    """Each name with one of the values; another one in the next turn."""
    return {name: values[(place + turn) % len(values)] for place, name in enumerate(names)}


@each(TABLE)
def test_the_host_that_a_request_claims_is_used_for_nothing(probe: Probe, row: Row) -> None:
    browser = probe.browser(MEMBER)
    with probe.probed.undone():
        answer = browser.open(
            probe.here.url(row.path),
            method=row.method,
            data=FORM if row.method == "POST" else None,
            headers={"Host": EVIL, "X-Forwarded-Host": EVIL, "Forwarded": f"host={EVIL}"},
        )
        with platform_scope("mails for a test"):
            mails = db.session.scalars(select(OutgoingMail.body)).all()
    assert EVIL not in answer.headers.get("Location", "")
    if answer.mimetype == "text/html":
        assert EVIL not in answer.text
    assert not [body for body in mails if EVIL in body]


@each(GETS)
def test_nonsense_behind_the_question_mark_breaks_nothing(probe: Probe, row: Row) -> None:
    names = ("page", "q", "from", "until", "who", "kind", "status", "type", "sort", "action", "unit")
    for turn in range(0, len(NONSENSE), 4):
        answer = ask(probe, row, query=spread(names, NONSENSE, turn))
        assert answer.status_code < SERVER_ERROR or row.path == "/health/ready"
        assert b"<script>alert" not in answer.data
    assert ask(probe, row, query={"page": "\0"}).status_code == REFUSED


@each(POSTS)
def test_nonsense_in_a_form_breaks_nothing(probe: Probe, row: Row) -> None:
    for turn in range(0, len(NONSENSE), 4):
        answer = ask(probe, row, data=spread(FORM, ("\0", *NONSENSE), turn))
        assert answer.status_code < SERVER_ERROR
        assert b"<script>alert" not in answer.data
    unreadable = "&".join(f"{name}=%ed%a0%80%ff%00" for name in FORM)
    assert ask(probe, row, data=unreadable, content_type=URL_ENCODED).status_code < SERVER_ERROR


@pytest.mark.usefixtures("tokens_checked")
@each(POSTS)
def test_a_body_that_is_too_large_is_refused(probe: Probe, row: Row) -> None:
    assert ask(probe, row, data={"title": "x" * 5_000_000}).status_code == TOO_LARGE


FOLDED = ("agreements_word", "word")
"""One row for each word of an agreement: two must not be the same."""


def personal_texts() -> Iterator[tuple[str, str, int]]:
    """Every text column of a tenant that may hold what somebody typed, with its length."""
    for table in SHARED_METADATA.sorted_tables:
        for column in table.columns if is_owned(table) else ():
            typed = isinstance(column.type, String | Text) and category_of(column)
            if typed and not column.unique and not column.foreign_keys:
                yield table.name, column.name, getattr(column.type, "length", None) or 1000


@pytest.fixture(scope="module")
def scripted(probe: Probe) -> Iterator[Probe]:
    """Everything that people of the tenant could type is a script; the id keeps apart what must differ."""
    with probe.probed.undone():
        for table, column, length in personal_texts():
            apart = "id" if (table, column) == FOLDED else "''"
            statement = (
                f"UPDATE {table} SET {column} = left(:text || {apart}, :most) WHERE tenant_id = :tenant"
            )
            probe.probed.as_administrator(statement, text=SCRIPT, most=length, tenant=probe.here.tenant.id)
        yield probe


@each([row for row in INSIDE if row.method == "GET"])
def test_what_somebody_typed_is_never_run(scripted: Probe, row: Row) -> None:
    answer = ask(scripted, row)
    assert answer.status_code < SERVER_ERROR
    if answer.mimetype == "text/html":
        assert "<script>alert" not in answer.text


@each([row for row in INSIDE if row.path == "/t/<slug>/agreements" and row.method == "GET"])
def test_what_somebody_typed_is_shown_as_text(scripted: Probe, row: Row) -> None:
    assert "&lt;script&gt;alert" in ask(scripted, row).text
