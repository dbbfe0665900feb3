"""A message that is missing, unsure, obsolete or has other placeholders is named."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from core.web.catalogues import Home, extract, homes, problems, read, sign_in_problems, write
from core.web.translations_update import update

SOURCE = """from flask_babel import gettext as _, lazy_gettext, ngettext
_("Hello %(name)s", name="x")
lazy_gettext("Later")
ngettext("%(num)s day", "%(num)s days", 3)
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "a.py").write_text(SOURCE)
    (tmp_path / "room" / "a.html").write_text("{{ _('On the page') }}{% trans %}In a block{% endtrans %}")
    return Home(tmp_path / "room" / "translations", (tmp_path / "room",))


def translate(home: Home, language: str, **texts: str | tuple[str, str]) -> None:
    catalogue = read(home.file(language), language)
    for message in catalogue:
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        if key:
            plain = message.id if isinstance(message.id, tuple) else str(message.id)
            message.string = texts.get(key.replace(" ", "_"), plain)
    write(home.file(language), catalogue)


def test_messages_are_found_in_code_and_pages(home: Home, tmp_path: Path) -> None:
    found = {str(message.id) for message in extract(home, tmp_path) if message.id}
    assert {"Hello %(name)s", "Later", "On the page", "In a block"} <= found
    assert "('%(num)s day', '%(num)s days')" in found


def test_nothing_translated_means_everything_is_missing(home: Home, tmp_path: Path) -> None:
    update(home, tmp_path)
    found = problems(home, tmp_path)
    assert len(found) == 10
    assert "room/translations/nb/LC_MESSAGES/messages.po: missing: 'Later'" in found


def test_a_translated_home_is_in_order(home: Home, tmp_path: Path) -> None:
    update(home, tmp_path)
    translate(home, "nb")
    translate(home, "da")
    assert problems(home, tmp_path) == []
    assert update(home, tmp_path) == []


def test_each_kind_of_trouble_is_named(home: Home, tmp_path: Path) -> None:
    update(home, tmp_path)
    translate(home, "nb", **{"Hello_%(name)s": "Hei %(navn)s"})
    translate(home, "da")
    catalogue = read(home.file("nb"), "nb")
    catalogue["Later"].flags.add("fuzzy")
    catalogue.add("Gone", "Borte")
    write(home.file("nb"), catalogue)
    found = "\n".join(problems(home, tmp_path))
    assert "other placeholders than the English: 'Hello %(name)s' → 'Hei %(navn)s'" in found
    assert "not sure (fuzzy): 'Later'" in found
    assert "obsolete: 'Gone'" in found
    assert "da" not in found


def test_an_update_keeps_translations_and_drops_what_is_gone(home: Home, tmp_path: Path) -> None:
    update(home, tmp_path)
    translate(home, "nb", Later="Senere")
    (tmp_path / "room" / "a.html").unlink()
    update(home, tmp_path)
    catalogue = read(home.file("nb"), "nb")
    assert catalogue["Later"].string == "Senere"
    assert catalogue.get("On the page") is None


def test_a_catalogue_holds_no_dates_and_no_line_numbers(home: Home, tmp_path: Path) -> None:
    update(home, tmp_path)
    text = home.file("nb").read_text()
    assert "Date" not in text
    assert "#: room/a.py\n" in text


def test_every_room_has_a_home(tmp_path: Path) -> None:
    (tmp_path / "plugins" / "silent").mkdir(parents=True)
    speaking = tmp_path / "plugins" / "speaking"
    speaking.mkdir()
    (speaking / "plugin.py").write_text('_("Word")')
    folders = [str(home.folder.relative_to(tmp_path)) for home in homes(tmp_path)]
    assert folders == ["core/web/translations", "tenants/translations", "plugins/speaking/translations"]


def test_our_sign_in_texts_are_complete_and_known_to_flask_security() -> None:
    assert sign_in_problems() == []


def test_what_is_missing_from_the_catalogue_is_not_empty() -> None:
    assert isinstance(read(Path("/nowhere.po"), "nb"), Catalog)
