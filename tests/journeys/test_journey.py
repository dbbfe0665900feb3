"""From a visitor of the front page to a signed agreement, in each language, as people walk it."""

import shutil
import subprocess
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from core.tenancy import service as tenancy
from tests.journeys import steps
from tests.journeys.site import People, Site

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Walk:
    """One country's way through the product."""

    language: str
    kind: str
    place: str
    agreement: str
    section: str
    meeting: str
    leaders: tuple[str, str]
    module: str


NORWAY = Walk(
    "nb",
    "norway.municipality",
    "5636",
    "no_work_training.intention_agreement",
    "organisation",
    "steering_group",
    ("public-leader", "employer-leader"),
    "no_introduction",
)
DENMARK = Walk(
    "da",
    "denmark.municipality",
    "0860",
    "dk_company_centre.partnership",
    "cooperation",
    "status_meeting",
    ("municipality-leader", "company-leader"),
    "dk_company_centre",
)


@pytest.mark.parametrize("walk", [NORWAY, DENMARK], ids=["nb", "da"])
def test_from_the_front_page_to_an_agreement_in_force(people: People, site: Site, walk: Walk) -> None:
    administrator, colleague = people.page(walk.language), people.page(walk.language)
    slug = sign_up(administrator, walk)
    with site.app.app_context():
        tenancy.confirm(slug)
    arrange(administrator, walk)
    invite(administrator, colleague, walk)
    composer = begin(colleague, walk.agreement, f"Avtale om arbeid ({walk.language})")
    write(colleague, composer, walk)
    send_and_sign(people, colleague, composer, walk)
    shows_its_promises(colleague, slug)
    if walk is NORWAY:
        composer = begin(colleague, "no_introduction.nav_cooperation", "Samarbeid med Nav")
        steps.fill_missing(colleague, composer, steps.NUMBERS["nb"])
        nav = people_of(walk, ("municipality-leader", "nav-leader"))
        send_and_sign(people, colleague, composer, nav)


def people_of(walk: Walk, leaders: tuple[str, str]) -> Walk:
    """The same way with other people who sign."""
    return Walk(**(vars(walk) | {"leaders": leaders}))


def sign_up(page: Page, walk: Walk) -> str:
    """A visitor becomes the administrator of a tenant."""
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == walk.language
    page.locator('main a[href="/sign-up"]').click()
    page.locator(f'a[href="/sign-up/{walk.kind}"]').click()
    page.locator("select[name=place_code]").select_option(walk.place)
    page.locator("input[name=number]").fill(steps.NUMBERS[walk.language])
    page.locator("input[name=name]").fill("Kari Prøve")
    page.locator("input[name=email]").fill(f"kari@{walk.language}.example")
    page.locator("input[name=password]").fill(steps.PASSWORD)
    page.locator("input[name=speaks_for]").check()
    steps.submit(page)
    page.locator('main a[href="/mailbox"]').click()
    steps.open_mail(page, f"kari@{walk.language}.example")
    steps.sign_in(page, f"kari@{walk.language}.example")
    page.wait_for_url("**/t/**")
    return steps.slug_of(page)


def arrange(page: Page, walk: Walk) -> None:
    """The administrator uploads logos and chooses language and modules."""
    page.locator('nav a[href$="/settings"]').click()
    for kind in ("png", "svg"):
        page.locator("input[name=logo]").set_input_files(steps.logo_file(kind))
        steps.submit(page, 'form[action$="/settings/logo"]')
        shown = page.locator("main img").first
        expect(shown).to_be_visible()
        assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    page.locator(f'input[name=language][value="{walk.language}"]').check()
    steps.submit(page, 'form[action$="/settings"]')
    for wanted in (False, True):
        page.locator(f'input[name=modules][value="{walk.module}"]').set_checked(wanted)
        steps.submit(page, 'form[action$="/settings/modules"]')
        expect(page.locator(f'input[name=modules][value="{walk.module}"]')).to_be_checked(checked=wanted)


def invite(page: Page, colleague: Page, walk: Walk) -> None:
    """A colleague joins by the link in a mail."""
    page.locator('nav a[href$="/people"]').click()
    page.locator('a[href$="/people/invite"]').click()
    page.locator("input[name=name]").fill("Ola Prøve")
    page.locator("input[name=email]").fill(f"ola@{walk.language}.example")
    page.locator('input[name=role][value="access.adviser"]').check()
    steps.submit(page)
    page.wait_for_url("**/people")
    steps.open_mail(colleague, f"ola@{walk.language}.example")
    colleague.locator("input[name=password]").fill(steps.PASSWORD)
    steps.submit(colleague)
    colleague.wait_for_url("**/t/*/")


def begin(page: Page, agreement: str, title: str) -> str:
    """Choose a type of agreement; gives the address of the composer."""
    page.locator('nav a[href$="/agreements"]').click()
    page.locator('a[href$="/agreements/new"]').first.click()
    page.locator(f'input[name=type_key][value="{agreement}"]').check()
    page.locator("input[name=title]").fill(title)
    steps.submit(page)
    page.wait_for_url("**/compose/parties")
    return page.url.removesuffix("/parties")


def write(page: Page, composer: str, walk: Walk) -> None:
    """Fill what is missing, add an example, leave a clause out, edit another, and set a date soon."""
    steps.fill_missing(page, composer, steps.NUMBERS[walk.language])
    page.goto(f"{composer}/{walk.section}")
    add_an_example(page)
    leave_a_clause_out(page)
    edit_a_clause(page)
    meeting = page.locator(f"form#meeting-{walk.meeting}")
    meeting.locator("[name=first_after_months]").fill("1")
    steps.saved(meeting)
    page.goto(f"{composer}/check")
    page.locator('.ds-alert[data-color="success"]').wait_for()


def add_an_example(page: Page) -> None:
    clause = page.locator("article.clause:has(button[value^='example:'])").first
    before = clause.locator("textarea").input_value()
    clause.locator("details summary").click()
    clause.locator("button[value='example:0']").click()
    expect(clause.locator("textarea")).not_to_have_value(before)
    assert clause.locator("textarea").input_value().startswith(before)


def leave_a_clause_out(page: Page) -> None:
    ids = page.locator("article.clause:has(button[value=leave_out])").evaluate_all(
        "all => all.map(one => one.id)"
    )
    clause = page.locator(f"#{ids[-1]}")
    clause.locator("button[value=leave_out]").click()
    clause.locator("button[value=include]").wait_for()


def edit_a_clause(page: Page) -> None:
    """Typed text is saved without a button and is there after a reload."""
    clause = page.locator("article.clause:not(.clause--out)").first
    area = clause.locator("textarea")
    area.press("End")
    area.press_sequentially(" Vi følger det opp.")
    steps.saved(clause.locator("form"))
    written = area.input_value()
    expect(clause.locator(".clause__preview")).to_contain_text("Vi følger det opp.")
    page.reload()
    expect(clause.locator("textarea")).to_have_value(written)


def send_and_sign(people: People, adviser: Page, composer: str, walk: Walk) -> None:
    """It goes out, both leaders sign by their links, and the PDF says so."""
    adviser.goto(f"{composer}/check")
    adviser.locator("main .actions a").first.click()
    adviser.locator('form[action$="/signing/send"] button[type=submit]').click()
    adviser.wait_for_url("**/signing")
    for leader in walk.leaders:
        guest = people.page(walk.language)
        guest.goto(steps.link_in_mail(adviser, f"{leader}@example.org"))
        steps.sign(guest)
        assert steps.download(guest).startswith(b"%PDF-")
    agreement = composer.removesuffix("/compose")
    adviser.goto(agreement)
    adviser.locator("#promises-title").wait_for()
    is_the_signed_document(steps.download(adviser), [f"Kim {leader.title()}" for leader in walk.leaders])


def is_the_signed_document(content: bytes, names: list[str]) -> None:
    pdf = pikepdf.open(BytesIO(content))
    assert pdf.Root.MarkInfo.Marked
    # Without poppler-utils the rest of the journey is still worth walking.
    if tool := shutil.which("pdftotext"):
        read = subprocess.run([tool, "-", "-"], input=content, capture_output=True, check=True)
        assert all(name in read.stdout.decode() for name in names)


def shows_its_promises(page: Page, slug: str) -> None:
    """Home and the list of deadlines show what was promised, with dates."""
    for path in (f"/t/{slug}/", f"/t/{slug}/obligations"):
        page.goto(path)
        assert page.locator("main time[datetime]").count() > 0, path
