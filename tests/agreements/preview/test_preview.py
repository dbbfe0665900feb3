"""The pages of a draft's PDF, seen while it is written."""

import re

from flask import Flask
from sqlalchemy import func, select

from core.agreements import parts
from core.agreements.printing.service import draft_document
from core.agreements.signing import service as signing
from core.documents.models import StoredFile
from core.kernel.database import db
from core.testing.drafts import acting, complete_draft
from core.testing.factories import make_member, make_tenant, signed_in


def test_the_draft_is_shown_as_it_stands_and_nothing_is_kept(app: Flask) -> None:
    tenant = make_tenant("norway.municipality")
    with acting(app, tenant):
        draft = complete_draft()
        document = draft_document(parts.load(draft))
        kept = db.session.scalar(select(func.count()).select_from(StoredFile))
    assert "Utkast" in document.footer
    browser, url = signed_in(app, tenant.admin_email), f"/t/{tenant.slug}/agreements/{draft}/preview"
    page = browser.get(url)
    pages = len(re.findall(r'<img src="data:image/png;base64,', page.text))
    assert pages > 1
    assert page.text.count("<figcaption>") == pages
    assert "<h1" not in browser.get(url, headers={"HX-Request": "true"}).text
    reader = signed_in(app, make_member(tenant, "access.reader"))
    assert reader.get(url).status_code == 403
    with acting(app, tenant):
        assert db.session.scalar(select(func.count()).select_from(StoredFile)) == kept
        signing.send(draft)
    assert browser.get(url).status_code == 409
