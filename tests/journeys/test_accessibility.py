"""Every page that can be opened is sound: for axe, on a narrow screen, in its language, without inline code.

The pages come from the addresses that the product has: a new one is tried without being named here.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Page, Response, ViewportSize
from werkzeug.routing import Rule

from core.agreements import parts
from core.agreements.amending import service as amending
from core.agreements.life.renewing import drafts_after
from core.agreements.measuring import evidence, noting
from core.agreements.measuring.evidence import Seen
from core.agreements.measuring.noting import Noted
from core.agreements.measuring.terms import goals_of
from core.agreements.parts import find
from core.agreements.signing.case import open_case
from core.agreements.signing.gathering import service as gatherings
from core.agreements.signing.paper import service as papers
from core.agreements.signing.paper.scans import Scan
from core.agreements.signing.paper.service import OnPaper
from core.agreements.variants import service as types
from core.agreements.wheel import service as wheel
from core.agreements.word.demo import answer_in_word
from core.kernel import clock
from core.kernel.unit_of_work import unit_of_work
from core.law import pending
from core.law.catalogue import rule_sets_in_force
from core.law.choices import service as choices
from core.tenancy.kinds import all_kinds, host
from core.testing.browser import violations
from core.testing.drafts import acting
from tests.journeys.desk import INTENTION, arrive
from tests.journeys.outsider import Outsider, somebody_outside
from tests.journeys.scene import Scene, new_scene
from tests.journeys.site import People, Site
from tests.journeys.told import told_about

pytestmark = pytest.mark.browser
# Answers that are no pages: files, probes for machines, and links that only lead on. The pages of single
# sign-on need a provider; tests/journeys/test_single_sign_on.py looks at them.
NO_PAGES = frozenset(
    {
        # Opens only half way in; tests/journeys/test_sign_in_methods.py goes there.
        "access_entry.second",
        "access_sso.ask_to_connect",
        "access_sso.callback",
        "access_sso.needed",
        "access_sso.signed_out",
        "access_sso.start",
        "agreements_amending.version_pdf",
        # They lead to another place, or say why not: tests/agreements/signing/providers/test_handing_over.py.
        "agreements_at_service.as_member",
        "agreements_at_service.by_link",
        "agreements_at_service.file",
        "agreements_list.csv",
        "agreements_list.xlsx",
        "agreements_meetings.calendar_file",
        "agreements_obligations.csv",
        "agreements_obligations.xlsx",
        "agreements_report_links.pdf",
        "agreements_reports.pdf",
        "agreements_paper.scan",
        "agreements_sign.pdf_by_link",
        "agreements_signing.document",
        "documents_files.file",
        "law_explorer.answer",
        "files.static_file",
        "health.live",
        "agreements_feeds.file",
        "health.ready",
        "security.confirm_email",
        "tenants_privacy.certificate_file",
        "tenants_word_layout.sample",
        "tenants_privacy.download",
        "tenants_privacy_record.as_paper",
        "tenants_privacy_record.as_table",
        "tenants_audit.download",
        "tenants_leaving.archive",
        "tenants_sign_in.try_it",
    }
)
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:")
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=700)
OpenAs = Callable[[str], tuple[Page, Page]]
Examples = Mapping[str, Sequence[object]]


@pytest.fixture(scope="module")
def scene(site: Site) -> Scene:
    return new_scene(site)


@pytest.fixture(scope="module")
def outsider(scene: Scene) -> Outsider:
    return somebody_outside(scene.desk)


def examples(scene: Scene, letter: str, *, every_step: bool = True) -> Examples:
    """Values for the arguments of addresses; those of one endpoint stand under its name.

    The pages of the composer are many and alike: without ``every_step`` only the different ones are given. So
    are those of the law: half of the rule sets are given with it, and the other half without.
    """
    agreements, tokens = scene.agreements, scene.tokens
    with scene.desk.as_adviser():
        wheel.take_in_sample()
        activity = wheel.activities()[0].id
        answer = answer_in_word(agreements["draft"], "nb")
        told = told_about(agreements["active"])
    with acting(scene.desk.site.app, scene.desk.tenant):
        variant = types.copy(INTENTION, "Type")
        types.publish(variant, None)
        with unit_of_work():
            types.find(variant).base_edition = "2025-1"
        begun = drafts_after(agreements["paused"])[1]
        change = begun.id if begun else amending.begin(agreements["paused"], "Fordi.")
    with scene.desk.inside():
        kinds = [kind.key for kind in all_kinds()]
        steps = [section.key for section in parts.load(agreements["draft"]).kind.sections]
    return {
        "slug": [scene.desk.tenant.slug],
        "kind": kinds,
        "key": [scene.clause],
        "step": ["parties", *(steps if every_step else (steps[0], steps[-1])), "check"],
        "agreement_id": [agreements["draft"]],
        "membership_id": [scene.membership],
        "unit_id": [scene.unit],
        "role_id": [scene.role],
        "served_id": [scene.served],
        "activity_id": [activity],
        "answer_id": [answer],
        "variant_id": [variant],
        "type_key": [INTENTION],
        "number": [1],
        "agreements_variants.section key": ["purpose", "closing"],
        **_rules(scene, first=0 if every_step else 1),
        "mail_id": [letter],
        "inquiry_id": [scene.inquiry],
        "erasure_id": [scene.erasure],
        "tenant_id": [scene.desk.tenant.id],
        "obligation_id": [scene.held],
        "point_id": [scene.evaluations.point],
        "agreements_evaluating.page obligation_id": [scene.evaluations.open, scene.evaluations.closed],
        "agreements_evaluating.point obligation_id": [scene.evaluations.open],
        "agreements_evaluating.changes obligation_id": [scene.evaluations.closed],
        "agreements_assessing.page token": [tokens["assess"]],
        "agreements_obligations.page obligation_id": [scene.held, scene.promised],
        "agreements_overview.page agreement_id": list(agreements.values()),
        "agreements_signing.page agreement_id": list(agreements.values()),
        **{
            f"agreements_life.{verb}_page agreement_id": [agreements["active"]]
            for verb in ("extend", "shorten", "end", "pause")
        },
        "notices_words.text kind": ["signing"],
        "language": ["da"],
        **_goals(scene),
        "agreements_life.resume_page agreement_id": [agreements["paused"]],
        **_ways_of_signing(scene, agreements["sent"]),
        **{
            f"agreements_amending.{page} agreement_id": [agreements["active"]]
            for page in ("begin_page", "compare", "revision", "version", "version_list")
        },
        "agreements_amending.changes agreement_id": [change],
        "agreements_revision.page token": [tokens["signed"]],
        "agreements_sign.as_member agreement_id": [agreements["sent"]],
        "agreements_sign.by_link token": [tokens["waiting"], tokens["signed"], tokens["refused"]],
        "tenants_people.join token": [tokens["join"]],
        "security.reset_password token": [tokens["reset"]],
        "access_own.address token": [tokens["address"]],
        **told,
    }


def _rules(scene: Scene, *, first: int) -> Examples:
    """Every other rule set with pending law, which the tenant of the scene has on, and a switch of theirs."""
    with scene.desk.inside():
        key = pending.every_switch(host())[0].key
        decided = choices.settings_of(rule_sets_in_force(host()))
        known = [one for one, found in rule_sets_in_force(host()).items() if found.law.switches]
    return {
        "law_explorer.explore key": known[first::2],
        "law_reading.page key": known[first::2],
        "law_choices.one key": [one for one, _setting, _declared_in in decided][:4],
        "platform_law.one key": [key],
    }


def _goals(scene: Scene) -> Examples:
    """What the pages of goals are opened with: a figure and an example of an agreement in force."""
    signed = scene.agreements["active"]
    with scene.desk.as_adviser():
        goals = goals_of(find(signed))
        numbered = next(
            one.key for one in goals if one.unit == "percent" and not one.measure.startswith("agree")
        )
        described = next(one.key for one in goals if one.is_described)
        today = clock.today("UTC")
        value = noting.note(signed, numbered, Noted(today, "Oversikten", of=9, hits=5))
        example = evidence.add(signed, described, Seen(today, "Fadder", "Det går bra."))
    values = dict.fromkeys(("new_value", "edit_value", "ask_to_take_back"), numbered)
    keys = values | dict.fromkeys(("new_evidence", "ask_to_withdraw"), described)
    return {
        "agreements_goals.page agreement_id": list(scene.agreements.values()),
        **{f"agreements_goals.{page} agreement_id": [signed] for page in keys},
        **{f"agreements_goals.{page} key": [key] for page, key in keys.items()},
        "value_id": [value],
        "evidence_id": [example],
    }


def _ways_of_signing(scene: Scene, sent: UUID) -> dict[str, list[Any]]:
    """A meeting that goes on, and a scan that a colleague has registered."""
    with scene.desk.as_adviser():
        table, asked = gatherings.begin(sent, "Rådhuset"), open_case(sent).requests[1]
        signed = OnPaper(asked.id, asked.name, asked.role_title, clock.today("UTC"), "Rådhuset")
        copy_id = papers.register(sent, Scan("image/png", "png", b"png"), [signed])
    pages_of_sent = ("behalf.page", "gathering.page", "paper.page", "paper.one")
    return {
        "request_id": [asked.id],
        "copy_id": [copy_id],
        **{f"agreements_{page} agreement_id": [sent] for page in pages_of_sent},
        "agreements_gathering.table token": [table],
        "agreements_gathering.seat token": [table],
    }


def pages(app: Flask, known: Examples) -> Iterator[tuple[str, bool]]:
    """The path of every page, and whether it is open to whoever has its link."""
    urls = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in NO_PAGES:
            continue
        view = app.view_functions[rule.endpoint]
        is_link = bool(getattr(view, "personal_link", False) or getattr(view, "external", False))
        for values in _values(rule, known):
            yield urls.build(rule.endpoint, values), is_link or not rule.rule.startswith("/t/")


def _values(rule: Rule, known: Examples) -> Iterator[dict[str, object]]:
    names = sorted(rule.arguments)
    found = [known.get(f"{rule.endpoint} {name}") or known.get(name) for name in names]
    for name, values in zip(names, found, strict=True):
        assert values, f"give an example of <{name}> in {rule.rule} to tests/journeys/test_accessibility.py"
    for values in product(*(values or () for values in found)):
        yield dict(zip(names, values, strict=True))


def faults(page: Page, response: Response | None, language: str) -> list[str]:
    """What is wrong with the page that is open."""
    assert response is not None
    found = [*violations(page), *INLINE.findall(response.text())]
    if page.locator("html").get_attribute("lang") != language:
        found.append("another language")
    if page.locator("h1").count() != 1:
        found.append("not one main heading")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        if not page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
            found.append(f"wider than a screen of {size['width']} pixels")
    return found


@pytest.fixture
def open_as(people: People, scene: Scene, outsider: Outsider) -> OpenAs:
    """Somebody who has come in from outside and the administrator, who read a language."""

    def both(language: str) -> tuple[Page, Page]:
        people.expected = ("Failed to load resource",)
        guest, administrator = people.page(language), people.page(language)
        for page in (guest, administrator):
            page.context.add_cookies([{"name": "language", "value": language, "url": people.address}])
        visit = {"name": "visit", "value": outsider.secret, "domain": "localhost", "path": scene.desk.home}
        guest.context.add_cookies([visit])  # type: ignore[list-item]
        arrive(administrator, scene.administrator, "/tenants")
        return guest, administrator

    return both


@pytest.mark.parametrize(("language", "width"), [("nb", WIDE), ("da", NARROW)], ids=["nb-wide", "da-narrow"])
def test_every_page_is_sound(
    open_as: OpenAs, site: Site, scene: Scene, outsider: Outsider, language: str, width: ViewportSize
) -> None:
    guest, administrator = open_as(language)
    guest.goto("/mailbox")
    letter = (guest.locator("tbody a").first.get_attribute("href") or "").rpartition("/")[2]
    found: list[str] = []
    known = {**examples(scene, letter, every_step=width is WIDE), **outsider.examples}
    for path, is_open in pages(site.app, known):
        visitor = guest if is_open else administrator
        visitor.set_viewport_size(width)
        response = visitor.goto(path)
        if is_open and "/sign-in" in visitor.url and not visitor.url.endswith(path):
            visitor = administrator
            visitor.set_viewport_size(width)
            response = visitor.goto(path)
        assert response
        assert response.ok, f"{path} answered {response.status}"
        assert visitor.url.endswith(path), f"{path} leads to {visitor.url}"
        found += [f"{path}: {fault}" for fault in faults(visitor, response, language)]
    assert not found, "\n".join(found)


PROBLEMS = (
    ("/nowhere", 404),
    ("/t/nobody/", 404),
    ("{home}nowhere", 404),
    ("{home}agreements/nonsense", 404),
    ("{home}sign/unknown", 404),
    ("{home}sign/{expired}", 410),
    ("{home}join/unknown", 404),
    ("/reset-password/unknown", 410),
    ("/confirm/unknown", 410),
    ("/sign-out", 405),
)


@pytest.mark.parametrize(("language", "width"), [("da", WIDE), ("nb", NARROW)], ids=["da-wide", "nb-narrow"])
def test_every_page_of_a_problem_is_sound(
    open_as: OpenAs, scene: Scene, language: str, width: ViewportSize
) -> None:
    _guest, administrator = open_as(language)
    found: list[str] = []
    for pattern, status in PROBLEMS:
        path = pattern.format(home=scene.desk.home, **scene.tokens)
        administrator.set_viewport_size(width)
        response = administrator.goto(path)
        assert response
        assert response.status == status, path
        found += [f"{path}: {fault}" for fault in faults(administrator, response, language)]
    assert not found, "\n".join(found)


REFUSED = (
    ("/sign-in", "main form.form"),
    ("/reset-password", "main form.form"),
    ("/sign-up/norway.municipality", "main form.form"),
    ("/sign-up/denmark.municipality", "main form.form"),
    ("/verify", "main form.form"),
    ("{home}sign/{waiting}", "main form.form"),
    ("{home}join/{join}", "main form.form"),
)


@pytest.mark.parametrize(("language", "width"), [("nb", WIDE), ("da", NARROW)], ids=["nb-wide", "da-narrow"])
def test_a_form_that_comes_back_is_sound(
    open_as: OpenAs, scene: Scene, language: str, width: ViewportSize
) -> None:
    guest, _administrator = open_as(language)
    found: list[str] = []
    for pattern, form in REFUSED:
        path = pattern.format(home=scene.desk.home, **scene.tokens)
        guest.set_viewport_size(width)
        guest.goto(path)
        inputs = guest.locator(f"{form} input:is([type=text], [type=email], [type=password])")
        for control in inputs.all():
            control.fill("")
        with guest.expect_navigation() as answered:
            guest.locator(f"{form} button[type=submit]").first.click()
        assert answered.value.status == 422, path
        found += [f"{path}: {fault}" for fault in faults(guest, answered.value, language)]
    assert not found, "\n".join(found)
