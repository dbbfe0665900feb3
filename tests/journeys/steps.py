"""What people do on the pages, found by address, name and id, so that it works in every language."""

import re
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

PASSWORD = "blåbær synger stille i fjellet"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">'
    '<rect width="90" height="30" fill="#0b5d55"/><circle cx="15" cy="15" r="9" fill="#fff"/></svg>'
)
NUMBERS = {"nb": "312345676", "da": "99999993"}
WORDS = {
    "text": "arbeid i kjøkken og kantine",
    "list": "renhold\nkantine",
    "number": "12",
    "date": "2027-01-15",
}


def logo_file(kind: str) -> FilePayload:
    """A file for an upload: ``png`` or ``svg``."""
    if kind == "svg":
        return {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": SVG.encode()}
    written = BytesIO()
    Image.new("RGB", (180, 60), (10, 90, 80)).save(written, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": written.getvalue()}


def submit(page: Page, form: str = "main form.form") -> None:
    """Press the button that sends a form."""
    page.locator(f"{form} button[type=submit]").first.click()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """From the page of signing in to the first page inside."""
    if "/sign-in" not in page.url:
        page.goto("/sign-in")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    submit(page)


def open_mail(page: Page, recipient: str) -> None:
    """Follow the link in somebody's newest mail, from the local mailbox."""
    _find_link(page, recipient).click()


def link_in_mail(page: Page, recipient: str) -> str:
    """The link in somebody's newest mail, for another browser."""
    return _find_link(page, recipient).get_attribute("href") or ""


def _find_link(page: Page, recipient: str) -> Locator:
    page.goto("/mailbox")
    page.locator("tbody tr", has_text=recipient).first.locator("a").first.click()
    return page.locator("main p a").first


def saved(form: Locator) -> None:
    """Wait until a form that saves by itself says so."""
    expect(form.locator("[data-save-state]")).to_have_attribute("data-state", "saved")


def fill_missing(page: Page, composer: str, number: str) -> None:
    """Fill everything that the check page names, by following its links page by page."""
    for _round in range(40):
        page.goto(f"{composer}/check")
        links = [link.get_attribute("href") or "" for link in page.locator("#findings a").all()]
        if not links:
            return
        here = links[0].partition("#")[0]
        page.locator(f'#findings a[href="{links[0]}"]').first.click()
        page.wait_for_url(f"**{links[0]}")
        anchors = dict.fromkeys(link.partition("#")[2] for link in links if link.startswith(f"{here}#"))
        for form in [form for anchor in anchors for form in fill_part(page, anchor, number)]:
            saved(form)
    raise AssertionError(f"something is still missing: {page.locator('#findings').inner_text()}")


def fill_part(page: Page, anchor: str, number: str) -> list[Locator]:
    """Fill the part of an agreement that is named by its place on the page; gives the forms that save it."""
    form = page.locator(f"form#{anchor}")
    if anchor.startswith("party-"):
        return _fill_party(page, form, anchor, number)
    if anchor.startswith("contact-"):
        _fill_contact(form, anchor)
    elif anchor.startswith("value-"):
        _fill_value(form.locator("[name=value]"))
    else:
        raise AssertionError(f"nobody knows how to fill {anchor}")
    return [form]


def _fill_party(page: Page, form: Locator, anchor: str, number: str) -> list[Locator]:
    _fill_if_empty(form.locator("[name=name]"), f"Part {anchor.removeprefix('party-')} AS")
    if form.locator("[name=number]").count():
        _fill_if_empty(form.locator("[name=number]"), number)
    if form.locator("[name=sector]").count():
        form.locator("[name=sector]").select_option("private")
    signatory = form.locator("[name=signatory_key]").input_value()
    person = page.locator(f"form#contact-{signatory}")
    _fill_contact(person, f"contact-{signatory}")
    form.locator("button[type=submit]").click()
    return [form, person]


def _fill_contact(form: Locator, anchor: str) -> None:
    who = anchor.removeprefix("contact-").replace("_", "-")
    form.locator("[name=name]").fill(f"Kim {who.title()}")
    form.locator("[name=role_title]").fill("leder")
    form.locator("[name=email]").fill(f"{who}@example.org")
    if form.locator("[name=authority]").count():
        form.locator("[name=authority]").check()


def _fill_value(control: Locator) -> None:
    kind = str(control.evaluate("control => control.tagName === 'INPUT' ? control.type : control.tagName"))
    if kind == "SELECT":
        control.select_option(index=1)
    else:
        control.fill(WORDS["list" if kind == "TEXTAREA" else kind])


def _fill_if_empty(control: Locator, text: str) -> None:
    if not control.input_value():
        control.fill(text)


def sign(page: Page) -> None:
    """Sign on the page behind a personal link."""
    page.locator("input[name=agree]").check()
    page.locator("form:has(input[name=sha256]) button[type=submit]").click()
    page.locator('.ds-alert[data-color="success"]').wait_for()


def download(page: Page) -> bytes:
    """The PDF that the page offers."""
    with page.expect_download() as begun:
        page.locator('main a[href$="agreement.pdf"]').first.click()
    return Path(begun.value.path()).read_bytes()


def slug_of(page: Page) -> str:
    """The tenant that a page belongs to."""
    found = re.search(r"/t/([^/]+)/", page.url)
    assert found, page.url
    return found[1]
