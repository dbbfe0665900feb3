from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPException
from threading import Barrier
from typing import Any
from urllib.error import URLError
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url

from core.agreements import parts
from core.agreements.amending import service as amending
from core.agreements.life import service as life
from core.agreements.signing import service as signing
from core.agreements.signing.case import open_case
from core.app import create_app
from core.kernel import clock
from core.kernel.database_roles import drop_database
from core.kernel.errors import Problem
from core.kernel.migrations import upgrade
from core.kernel.scope import tenant_scope
from core.kernel.settings import Settings
from core.lineages import all_lineages
from core.testing import processes
from core.testing.database import TestServer, settings_for
from core.testing.drafts import acting, complete_draft
from core.testing.factories import MadeTenant, make_tenant
from tests.agreements.life.steps import rhythm

SIGN = {"name": "Ola Oppdiktet", "role": "daglig leder", "agree": "on"}
LAST_STEP = "LOCK TABLE procrastinate_jobs IN ACCESS EXCLUSIVE MODE"
ACTIVITY = "pg_stat_activity WHERE datname = current_database()"
FIRST_STEP = "SELECT 1 FROM agreements_agreement FOR UPDATE"


@dataclass(frozen=True)
class Stage:
    """A database of its own, in which everything is committed."""

    app: Flask
    settings: Settings
    tenant: MadeTenant
    server: str

    def connect(self, *, autocommit: bool = True) -> psycopg.Connection[Any]:
        return psycopg.connect(self.server, autocommit=autocommit)

    def count(self, question: str, *values: object) -> int:
        with closing(self.connect()) as connection:
            found = connection.execute(f"SELECT count(*) FROM {question}", values).fetchone()
        assert found
        return int(found[0])

    def is_blocked(self) -> bool:
        return self.count(f"{ACTIVITY} AND wait_event_type = 'Lock'") > 0

    def is_quiet(self) -> bool:
        return self.count(f"{ACTIVITY} AND xact_start < now()") == 0


@dataclass(frozen=True)
class Sent:
    stage: Stage
    agreement_id: UUID
    tokens: tuple[str, ...]

    def sign(self, place: int) -> str:
        """Sign in this process, as a request does; gives the code of the problem, or nothing."""
        with self.stage.app.app_context(), tenant_scope(self.stage.tenant.id):
            key = signing.key_of_link(self.tokens[place])
            sha256 = open_case(self.agreement_id).version.sha256
            return self._tried(lambda: signing.sign(key, name="Ola", role="leder", sha256=sha256))

    def refuse(self, place: int) -> str:
        with self.stage.app.app_context(), tenant_scope(self.stage.tenant.id):
            key = signing.key_of_link(self.tokens[place])
            return self._tried(lambda: signing.refuse(key, "Nei."))

    def cancel(self) -> str:
        with acting(self.stage.app, self.stage.tenant):
            return self._tried(lambda: signing.cancel(self.agreement_id, "Ikke nå."))

    @staticmethod
    def _tried(verb: Callable[[], object]) -> str:
        try:
            verb()
        except Problem as problem:
            return problem.code
        return ""

    def audited(self, action: str) -> int:
        requests = "SELECT id FROM agreements_signature_request WHERE agreement_id = %s"
        question = f"kernel_audit_entry WHERE action = %s AND (subject_id = %s OR subject_id IN ({requests}))"
        return self.stage.count(question, action, self.agreement_id, self.agreement_id)

    def promises(self) -> int:
        return self.stage.count("obligations_obligation WHERE subject_id = %s", self.agreement_id)

    def announced(self) -> int:
        question = (
            "procrastinate_jobs WHERE task_name = 'kernel.deliver_event' AND args ->> 'subject_id' = %s"
        )
        return self.stage.count(question, str(self.agreement_id))

    def assert_in_force_once(self) -> None:
        assert self.audited("agreement.signed") == 2
        assert self.audited("agreement.activated") == 1
        assert self.announced() == 1
        assert self.promises() == 6


@pytest.fixture(scope="module")
def stage(admin_url: str) -> Iterator[Stage]:
    name = TestServer(admin_url).new_database()
    settings = settings_for(admin_url, name)
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    server = make_url(admin_url).set(database=name, drivername="postgresql")
    with app.app_context():
        upgrade(settings.database_url_owner, all_lineages())
        tenant = make_tenant("norway.municipality")
    yield Stage(app, settings, tenant, server.render_as_string(hide_password=False))
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()
    drop_database(admin_url, name)


@pytest.fixture
def sent(stage: Stage) -> Sent:
    with acting(stage.app, stage.tenant):
        agreement_id = complete_draft(type_key="no_work_training.intention_agreement")
        return Sent(stage, agreement_id, tuple(link.token for link in signing.send(agreement_id)))


def at_once(*verbs: Callable[[], str]) -> list[str]:
    """Run verbs in threads that start together; gives what each said."""
    barrier = Barrier(len(verbs))

    def run(verb: Callable[[], str]) -> str:
        barrier.wait()
        return verb()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


@pytest.mark.parametrize("_round", range(3))
def test_two_parties_who_sign_at_the_same_moment_bring_it_into_force_once(sent: Sent, _round: int) -> None:
    assert at_once(lambda: sent.sign(0), lambda: sent.sign(1)) == ["", ""]
    sent.assert_in_force_once()


def test_the_same_link_sent_five_times_at_once_signs_once(sent: Sent) -> None:
    client, url = sent.stage.app.test_client, f"/t/{sent.stage.tenant.slug}/sign/{sent.tokens[0]}"
    with sent.stage.app.app_context(), tenant_scope(sent.stage.tenant.id):
        data = SIGN | {"sha256": open_case(sent.agreement_id).version.sha256}
    answers = at_once(*[lambda: client().post(url, data=data).status] * 5)
    assert answers == ["303 SEE OTHER"] * 5
    assert sent.audited("agreement.signed") == 1


def test_a_double_click_on_send_asks_each_party_once(stage: Stage) -> None:
    with acting(stage.app, stage.tenant):
        agreement_id = complete_draft("Sendt to ganger", type_key="no_work_training.intention_agreement")

    def click() -> str:
        with acting(stage.app, stage.tenant):
            return Sent._tried(lambda: signing.send(agreement_id))

    assert sorted(at_once(click, click)) == ["", "agreement.not_editable"]
    requests = "agreements_signature_request WHERE agreement_id = %s"
    mails = "kernel_outgoing_mail WHERE subject LIKE '%%Sendt to ganger'"
    assert (stage.count(requests, agreement_id), stage.count(mails)) == (2, 2)
    assert stage.count("agreements_version WHERE agreement_id = %s", agreement_id) == 1


@pytest.mark.parametrize("_round", range(3))
def test_a_signature_and_a_refusal_at_the_same_moment_do_not_both_win(sent: Sent, _round: int) -> None:
    signed, refused = at_once(lambda: sent.sign(0), lambda: sent.refuse(1))
    assert refused == ""
    assert signed in {"", "signature_request.gone"}
    assert sent.audited("agreement.activated") == 0


@pytest.mark.parametrize("_round", range(3))
def test_cancelling_and_the_last_signature_at_the_same_moment_do_not_both_win(
    sent: Sent, _round: int
) -> None:
    sent.sign(0)
    outcome = at_once(lambda: sent.sign(1), sent.cancel)
    assert outcome in (["", "agreement.in_force"], ["signature_request.gone", ""])
    assert sent.audited("agreement.activated") + sent.audited("agreement.cancelled") == 1


@pytest.mark.parametrize("step", [FIRST_STEP, LAST_STEP])
def test_a_web_process_killed_while_the_last_party_signs_loses_nothing(sent: Sent, step: str) -> None:
    stage, path = sent.stage, f"/t/{sent.stage.tenant.slug}/sign/{sent.tokens[1]}"
    sent.sign(0)
    with processes.web(stage.settings) as (process, address), ThreadPoolExecutor(1) as pool:
        visitor = processes.Visitor()
        visitor.get(address + path)
        with closing(stage.connect(autocommit=False)) as holder:
            holder.execute(step)
            posted: Future[str] = pool.submit(visitor.submit, address + path, **SIGN)
            processes.until(stage.is_blocked, "the signature waits for the lock")
            process.kill()
            with suppress(URLError, HTTPException, OSError):
                posted.result()
    processes.until(stage.is_quiet, "the database has noticed that the process is gone")
    assert (sent.audited("agreement.signed"), sent.promises(), sent.announced()) == (1, 0, 0)
    with processes.web(stage.settings) as (_process, address):
        for _time in range(2):
            processes.Visitor().submit(address + path, **SIGN)
    sent.assert_in_force_once()


def test_a_worker_killed_at_its_work_loses_nothing_and_tells_everybody_once(sent: Sent) -> None:
    stage = sent.stage
    sent.sign(0)
    sent.sign(1)
    working = "procrastinate_jobs WHERE task_name = 'plugins.react' AND status = 'doing'"
    with processes.worker(stage.settings) as process, closing(stage.connect(autocommit=False)) as holder:
        holder.execute(FIRST_STEP)
        processes.until(lambda: stage.is_blocked() and stage.count(working), "the worker waits for the lock")
        process.kill()
    kept = "documents_stored_file WHERE subject_id = %s AND purpose = 'signed-agreement'"
    assert stage.count(kept, sent.agreement_id) == 0
    assert stage.count(working) >= 1
    with processes.worker(stage.settings, stalled_after=6):
        open_jobs = "procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name NOT LIKE %s"
        processes.until(lambda: stage.count(open_jobs, "%%.remind_%%") == 0, "all jobs are done")
    assert stage.count(kept, sent.agreement_id) == 1
    assert sent.audited("agreement.pdf_kept") == 1
    assert stage.count("kernel_outgoing_mail WHERE sent_at IS NULL") == 0


@pytest.fixture
def amended(sent: Sent) -> Sent:
    """An agreement in force whose amendment waits for both parties."""
    sent.sign(0)
    sent.sign(1)
    with acting(sent.stage.app, sent.stage.tenant):
        draft_id = amending.begin(sent.agreement_id, "Fordi.")
        rhythm(draft_id, 5)
        return Sent(sent.stage, draft_id, tuple(link.token for link in signing.send(draft_id)))


@pytest.mark.parametrize("_round", range(2))
def test_two_parties_who_sign_an_amendment_at_the_same_moment_take_it_up_once(
    sent: Sent, amended: Sent, _round: int
) -> None:
    assert at_once(lambda: amended.sign(0), lambda: amended.sign(1)) == ["", ""]
    assert amended.audited("agreement.taken_up") == 1
    assert sent.stage.count("agreements_version WHERE agreement_id = %s", sent.agreement_id) == 2
    same = "FROM obligations_obligation WHERE subject_id = %s GROUP BY key, index HAVING count(*) > 1"
    twice = f"(SELECT key {same}) AS twice"
    assert (amended.promises(), sent.stage.count(twice, sent.agreement_id)) == (0, 0)


@pytest.mark.parametrize("_round", range(2))
def test_an_end_and_the_last_signature_of_an_amendment_do_not_lose_each_other(
    sent: Sent, amended: Sent, _round: int
) -> None:
    amended.sign(0)
    soon = clock.today("Europe/Oslo") + timedelta(days=30)

    def end() -> str:
        with acting(sent.stage.app, sent.stage.tenant):
            return Sent._tried(lambda: life.end(sent.agreement_id, soon, "Slutt.", agreed=True))

    signed, ended = at_once(lambda: amended.sign(1), end)
    assert ended == ""
    assert signed in {"", "agreement.not_amendable"}
    assert amended.audited("agreement.taken_up") == (0 if signed else 1)
    with sent.stage.app.app_context(), tenant_scope(sent.stage.tenant.id):
        assert parts.find(sent.agreement_id).ends_on == soon
