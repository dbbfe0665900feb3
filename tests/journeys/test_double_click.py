"""Who clicks twice does a thing once, and reads that it is done."""

import pytest
from playwright.sync_api import Route, expect

from core.agreements.signing.case import open_case
from tests.journeys.desk import arrive, new_desk
from tests.journeys.site import People, Site

pytestmark = pytest.mark.browser
CLICK_AGAIN = """async (button) => {
  button.click();
  await new Promise((done) => setTimeout(done, 300));
  button.click();
  await new Promise((done) => setTimeout(done, 300));
}"""


def test_who_clicks_again_before_the_answer_comes_sends_once_and_reads_so(site: Site, people: People) -> None:
    desk = new_desk(site)
    draft = desk.complete()
    page = arrive(people.page("nb"), desk.adviser, f"{desk.agreement(draft)}/signing")
    posts: list[Route] = []

    def hold(route: Route) -> None:
        posts.append(route)

    page.route("**/signing/send", hold)
    button = page.get_by_role("button", name="Send til signering")
    button.evaluate(CLICK_AGAIN)
    for post in posts:
        post.continue_()
    expect(page.locator("#messages")).to_contain_text("Avtalen er sendt")
    with desk.inside():
        case = open_case(draft)
    assert (len(posts), case.version.number, len(case.requests)) == (1, 1, 2)
