"""Every address below a tenant's own, with the ids of another tenant: nobody learns that the thing exists.

The addresses come from the application itself, so a new one is probed as soon as it is there. By hand one
adds only a new kind of value to `furnished` in furnishing.py, and a line to the permission table.
"""

import pytest

from tests.walls.furnishing import FORM, Probed
from tests.walls.permission_table import read_table
from tests.walls.product import product

BELOW = "/t/<slug>/"
GARBAGE = "no-such-token-in-the-whole-house"
PRODUCT = product()
RULES = sorted(PRODUCT.url_map.iter_rules(), key=str)
OURS = [rule for rule in RULES if rule.rule.startswith(BELOW)]
ADDRESSES = sorted(
    (rule.rule, method) for rule in OURS for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
)
WITH_IDS = [(rule, method) for rule, method in ADDRESSES if "<uuid:" in rule]
WITH_TOKENS = [(rule, method) for rule, method in ADDRESSES if "<token>" in rule]


def tokens(token: str) -> dict[str, str]:
    """The same token wherever an address holds one."""
    return {f"{rule.partition('/<token>')[0].rpartition('/')[2]}/token": token for rule, _ in WITH_TOKENS}


@pytest.mark.parametrize(("rule", "method"), WITH_IDS)
def test_an_id_of_another_tenant_answers_404(probed: Probed, rule: str, method: str) -> None:
    url = probed.theirs.url(rule, slug=probed.mine.tenant.slug)
    for form in (FORM, {}):
        assert probed.ask(probed.mine.insider, url, method, form).status_code == 404


@pytest.mark.parametrize(("rule", "method"), [one for one in WITH_IDS if one[0].count("<uuid:") > 1])
def test_an_id_of_another_tenant_below_one_of_mine_answers_404(
    probed: Probed, rule: str, method: str
) -> None:
    ids = [part.strip("<>").removeprefix("uuid:") for part in rule.split("/") if part.startswith("<uuid:")]
    for theirs in ids:
        url = probed.mine.url(rule, **{theirs: probed.theirs.examples[theirs]})
        assert probed.ask(probed.mine.insider, url, method).status_code == 404


@pytest.mark.parametrize(("rule", "method"), WITH_IDS)
def test_the_same_address_with_my_own_ids_answers(probed: Probed, rule: str, method: str) -> None:
    """Without this, an address that never answers would look safe."""
    answer = probed.ask(probed.mine.insider, probed.mine.url(rule), method)
    assert answer.status_code < 500
    assert answer.status_code != 404


@pytest.mark.parametrize(("rule", "method"), ADDRESSES)
def test_a_member_of_one_tenant_gets_404_everywhere_in_another(
    probed: Probed, rule: str, method: str
) -> None:
    personal = "<token>" in rule
    url = probed.theirs.url(rule, **({"token": GARBAGE, **tokens(GARBAGE)} if personal else {}))
    assert probed.ask(probed.mine.insider, url, method).status_code == 404


@pytest.mark.parametrize(("rule", "method"), ADDRESSES)
def test_somebody_without_a_tenant_gets_404_everywhere(probed: Probed, rule: str, method: str) -> None:
    url = probed.theirs.url(rule, **tokens(GARBAGE))
    assert probed.ask(probed.stranger, url, method).status_code == 404


@pytest.mark.parametrize(("rule", "method"), ADDRESSES)
def test_nobody_gets_in_without_signing_in(probed: Probed, rule: str, method: str) -> None:
    url = probed.theirs.url(rule, **tokens(GARBAGE))
    answer = probed.ask(probed.app.test_client(), url, method)
    if answer.status_code != 404:
        assert answer.status_code == 302
        assert answer.location.startswith("/sign-in?")


@pytest.mark.parametrize(("rule", "method"), WITH_TOKENS)
@pytest.mark.parametrize(
    "token", [GARBAGE, "0", "æ", "a" * 3000], ids=["unknown", "short", "foreign", "long"]
)
def test_a_link_that_nobody_was_given_answers_404(probed: Probed, rule: str, method: str, token: str) -> None:
    url = probed.mine.url(rule, **tokens(token))
    for browser in (probed.app.test_client(), probed.mine.insider):
        assert probed.ask(browser, url, method).status_code == 404


@pytest.mark.parametrize(("rule", "method"), WITH_TOKENS)
def test_a_link_of_another_tenant_answers_404_under_mine(probed: Probed, rule: str, method: str) -> None:
    url = probed.theirs.url(rule, slug=probed.mine.tenant.slug)
    for browser in (probed.app.test_client(), probed.mine.insider):
        assert probed.ask(browser, url, method).status_code == 404


@pytest.mark.parametrize(("rule", "method"), WITH_TOKENS)
def test_the_same_link_under_its_own_tenant_answers(probed: Probed, rule: str, method: str) -> None:
    answer = probed.ask(probed.app.test_client(), probed.theirs.url(rule), method)
    assert answer.status_code < 500
    assert answer.status_code != 404


@pytest.mark.parametrize("slug", ["nowhere", "..", "æ", "a" * 300, "NORDVIK"])
def test_a_tenant_that_does_not_exist_answers_404(probed: Probed, slug: str) -> None:
    assert probed.ask(probed.mine.insider, f"/t/{slug}/", "GET").status_code == 404


def test_a_character_that_no_text_has_is_refused_in_an_address(probed: Probed) -> None:
    for url in ("/t/%00/", probed.mine.url("/t/<slug>/sign/<token>", **{"sign/token": "%00"})):
        assert probed.ask(probed.mine.insider, url, "GET").status_code in {400, 404}


def test_every_address_below_a_tenant_takes_its_slug() -> None:
    assert [
        rule.rule
        for rule in RULES
        if rule.rule.startswith("/t") and not rule.rule.startswith(("/t/<slug>/", "/tenants"))
    ] == []
    assert len(OURS) > 30


def test_only_personal_links_and_services_that_prove_themselves_open_without_membership() -> None:
    opened = {
        rule.rule
        for rule in PRODUCT.url_map.iter_rules()
        for view in [PRODUCT.view_functions[rule.endpoint]]
        if getattr(view, "personal_link", False) or getattr(view, "external", False)
    }
    assert opened == {
        row.path
        for row in read_table()
        if any(word in row.who for word in ("external", "personal link", "single sign-on", "signing service"))
    } & {rule.rule for rule in OURS}
