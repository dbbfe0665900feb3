"""A worker that is killed at its work: nothing is lost, and a mail is repeated in one window only.

The window is between the mail server's acceptance and our mark; what comes twice has the same Message-ID.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from email.message import EmailMessage
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url

from core.kernel import jobs, mail
from core.kernel.database import db
from core.kernel.scope import tenant_scope
from core.kernel.settings import Settings
from core.kernel.unit_of_work import unit_of_work
from core.notices import gathering
from core.notices.models import Waiting
from core.testing import processes
from core.testing.factories import MadeTenant, make_tenant
from core.testing.post_office import PostOffice, post_office

STALLED_AFTER = 4.0
BEFORE_HANDING_OVER = "SELECT 1 FROM kernel_outgoing_mail FOR UPDATE"
BEFORE_WRITING_AND_MARKING = "LOCK TABLE kernel_outgoing_mail IN SHARE MODE"
"""A mail can be read and handed over while this is held, but no mail can be written or marked as sent."""
BLOCKED = "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@dataclass(frozen=True)
class Place:
    """The product on a database of its own, and a mail server that keeps what it gets."""

    app: Flask
    settings: Settings
    server: str
    office: PostOffice
    tenant: MadeTenant

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.server)

    def count(self, question: str) -> int:
        with closing(self.connect()) as connection:
            (found,) = connection.execute(f"SELECT count(*) FROM {question}").fetchone() or (0,)
            return int(found)

    def is_blocked(self) -> bool:
        return self.count(BLOCKED) > 0

    def is_sent(self) -> bool:
        return self.count("kernel_outgoing_mail") == self.count(
            "kernel_outgoing_mail WHERE sent_at > '-infinity'"
        )

    @contextmanager
    def worker(self) -> Iterator[processes.Process]:
        with processes.worker(self.settings, stalled_after=STALLED_AFTER) as process:
            yield process

    def kill_at(self, step: str, letters: int) -> None:
        """Let a worker go on until a step that is barred, and so many letters have been accepted; kill it."""
        with self.worker() as process, closing(self.connect()) as holder:
            holder.execute(step)
            processes.until(
                lambda: self.is_blocked() and len(self.office.letters) == letters, "the worker is at the bar"
            )
            process.kill()

    def finish(self, letters: int) -> None:
        """Let a worker do all that is left."""
        with self.worker():
            processes.until(
                lambda: self.is_sent() and len(self.office.letters) == letters, "every mail is sent"
            )


@pytest.fixture
def place(own_house: tuple[Flask, str], worker_app: Flask, admin_url: str) -> Iterator[Place]:
    server = make_url(admin_url).set(database=own_house[1], drivername="postgresql")
    with own_house[0].app_context():
        tenant = make_tenant()
    with post_office() as office:
        address = server.render_as_string(hide_password=False)
        with closing(psycopg.connect(address, autocommit=True)) as connection:
            connection.execute("DELETE FROM procrastinate_jobs")
            connection.execute("DELETE FROM kernel_outgoing_mail")
        settings = replace(worker_app.config["FOTFESTE"], mail_url=office.url)
        yield Place(worker_app, settings, address, office, tenant)


def plain_text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).strip()


def test_a_mail_comes_twice_only_when_the_worker_dies_between_acceptance_and_mark(place: Place) -> None:
    with place.app.app_context(), tenant_scope(place.tenant.id), unit_of_work():
        mail.send("kari@example.org", "Avtalen er signert", "Hei\n")
    place.kill_at(BEFORE_HANDING_OVER, letters=0)
    place.kill_at(BEFORE_WRITING_AND_MARKING, letters=1)
    place.finish(letters=2)
    first, second = place.office.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert plain_text(first) == plain_text(second) == "Hei"


def test_a_worker_killed_while_it_hands_out_notices_hands_out_each_of_them_once(place: Place) -> None:
    with place.app.app_context(), tenant_scope(place.tenant.id), unit_of_work():
        account = place.tenant.admin_id
        for words in ("Vera har kommentert.", "Kai har svart."):
            db.session.add(Waiting(account_id=account, kind="comments", heading="Kommentarer", body=words))
        jobs.defer(gathering.IN_TENANT)
    place.kill_at(BEFORE_WRITING_AND_MARKING, letters=0)
    assert place.count("notices_waiting") == 2
    place.finish(letters=1)
    assert place.count("notices_waiting") == 0
    (letter,) = place.office.letters
    assert [plain_text(letter).count(words) for words in ("Vera har kommentert.", "Kai har svart.")] == [1, 1]
