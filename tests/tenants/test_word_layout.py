"""A tenant's own layout for Word: looked through, shown, used for drafts, and taken away again."""

from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.shared import Mm
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.testing.factories import MadeTenant, make_member, make_tenant, signed_in
from tests.documents.word.made import ANSWER, edited


@pytest.fixture
def tenant(app: Flask) -> MadeTenant:
    return make_tenant("norway.municipality")


@pytest.fixture
def administrator(app: Flask, tenant: MadeTenant) -> FlaskClient:
    return signed_in(app, tenant.admin_email)


def layout(words: str = "Gammelt brev") -> bytes:
    file = docx.Document()
    file.sections[0].left_margin = Mm(41)
    file.sections[0].header.paragraphs[0].text = "Nordvik kommune"
    file.core_properties.author = "Ola Oppdiktet"
    file.add_paragraph(words)
    content = BytesIO()
    file.save(content)
    return content.getvalue()


def template() -> bytes:
    """The same as a template of Word."""
    with ZipFile(BytesIO(layout())) as file:
        types = file.read("[Content_Types].xml").decode()
    return edited(
        layout(), more={"[Content_Types].xml": types.replace("document.main+xml", "template.main+xml")}
    )


def upload(browser: FlaskClient, tenant: MadeTenant, content: bytes) -> TestResponse:
    data = {"file": (BytesIO(content), "brev.dotx")}
    return browser.post(f"/t/{tenant.slug}/settings/word", data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("made", [layout, template])
def test_drafts_have_the_layout_but_not_its_text(
    administrator: FlaskClient, tenant: MadeTenant, made: type
) -> None:
    assert upload(administrator, tenant, made()).status_code == 303
    sample = docx.Document(BytesIO(administrator.get(f"/t/{tenant.slug}/settings/word/sample.docx").data))
    assert round(sample.sections[0].left_margin.mm) == 41
    assert sample.sections[0].header.paragraphs[0].text == "Nordvik kommune"
    assert "Gammelt brev" not in [one.text for one in sample.paragraphs]
    assert sample.core_properties.author != "Ola Oppdiktet"


def test_a_file_of_libreoffice_can_be_a_layout(administrator: FlaskClient, tenant: MadeTenant) -> None:
    assert upload(administrator, tenant, ANSWER.read_bytes()).status_code == 303
    sample = docx.Document(BytesIO(administrator.get(f"/t/{tenant.slug}/settings/word/sample.docx").data))
    assert "Partene samarbeider" not in "".join(one.text for one in sample.paragraphs)


def test_a_layout_that_is_removed_is_used_no_more(administrator: FlaskClient, tenant: MadeTenant) -> None:
    upload(administrator, tenant, layout())
    assert "brev.dotx" in administrator.get(f"/t/{tenant.slug}/settings/word").text
    administrator.post(f"/t/{tenant.slug}/settings/word/remove")
    assert "brev.dotx" not in administrator.get(f"/t/{tenant.slug}/settings/word").text


def test_a_layout_that_fetches_from_the_outside_is_refused(
    administrator: FlaskClient, tenant: MadeTenant
) -> None:
    links = "word/_rels/settings.xml.rels"
    there = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    there += (
        '<Relationship Id="r1" Type="x/attachedTemplate" TargetMode="External" Target="https://a.example"/>'
    )
    hostile = edited(layout(), more={links: f"{there}</Relationships>"})
    assert upload(administrator, tenant, hostile).status_code == 422
    assert upload(administrator, tenant, b"no file of Word").status_code == 422


def test_only_an_administrator_chooses_the_layout(app: Flask, tenant: MadeTenant) -> None:
    adviser = signed_in(app, make_member(tenant, "access.adviser", "Vera Skriver"))
    assert adviser.get(f"/t/{tenant.slug}/settings/word").status_code == 403
    assert upload(adviser, tenant, layout()).status_code == 403
