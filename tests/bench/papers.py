"""What the final PDF of an agreement costs, read, set and sealed, beside the barest that does the same.

The floor of a PDF is as many bare pages of Typst, by the same standards and with the same fonts; the floor of
a seal is a bare signature of the same bytes. No two PDFs are the same, and nothing is stored.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from io import BytesIO
from multiprocessing import get_context
from typing import Any, Final
from uuid import UUID

import pikepdf
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder
from sqlalchemy import select

from core.agreements.models import Agreement
from core.agreements.printing.service import make_final
from core.app import create_app
from core.documents.seals.certificate import SealCertificate, read_certificate
from core.documents.seals.sealing import Seal, sealed
from core.documents.typesetting import typeset_pdf
from core.kernel import clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.settings import Settings
from core.testing.drafts import acting
from core.testing.factories import MadeTenant
from tests.bench.measuring import WARM_UP, DifferentPagesError, Timed, medians, took
from tests.bench.place import Place, let_go

BARE: Final = """
#set document(title: "Page")
#set text(font: "Inter", lang: "nb")
#range({pages}).map(page => [Page #page of {number}]).join(pagebreak())
"""


def measure_papers(place: Place, count: int, processes: int) -> Iterable[Timed]:
    """One of many PDFs, its seal, and the first PDF of a new process."""
    settings = place.app.config["FOTFESTE"]
    unsealed = replace(settings, seal_certificate="")
    app = create_app(unsealed)
    with acting(app, place.tenant):
        ids = _in_force(count)
        times, papers = zip(*_printed(ids), strict=True)
    let_go(app)
    refuse_alike(papers)
    yield Timed(f"PDF, {pages_of(papers[0])} pages", *medians(times))
    yield Timed("its seal", *medians(list(_seal(papers, read_certificate(settings)))))
    first = partial(_first_in_new_process, unsealed, place.tenant, ids[0], pages_of(papers[0]))
    yield Timed("first PDF", *medians([first() for _ in range(processes)]))


def _in_force(count: int) -> Sequence[UUID]:
    signed = select(Agreement.id).where(Agreement.activated_at.is_not(None))
    return db.session.scalars(signed.order_by(Agreement.id).limit(count)).all()


def _printed(ids: Sequence[UUID]) -> Iterable[tuple[tuple[float, float], bytes]]:
    """Milliseconds of the product and of the floor for each PDF, and the PDF."""
    for _ in range(WARM_UP):
        typeset_bare(pages_of(make_final(ids[0]).content), 0)
    for number, agreement_id in enumerate(ids, start=1):
        product, final = took(make_final, agreement_id)
        floor, bare = took(typeset_bare, pages_of(final.content), number)
        if pages_of(bare) != pages_of(final.content):
            raise DifferentPagesError("the floor has another number of pages")
        yield (product, floor), final.content


def typeset_bare(pages: int, number: int) -> bytes:
    """A PDF of some pages that say which they are, by the product's standards and fonts."""
    return typeset_pdf({"main.typ": BARE.format(pages=pages, number=number).encode()}, created=0)


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def refuse_alike(papers: Sequence[bytes]) -> None:
    """Raise DifferentPagesError when papers are the same: what was set once is quicker the second time."""
    if len(set(papers)) < len(papers):
        raise DifferentPagesError("two agreements have the same PDF")


def _first_in_new_process(
    settings: Settings, tenant: MadeTenant, agreement_id: UUID, pages: int
) -> tuple[float, float]:
    """Milliseconds of the first PDF of a process that has just begun, by the product and by the floor."""
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as processes:
        product = processes.submit(_first_final, settings, tenant, agreement_id).result()
        return product, processes.submit(_first_bare, pages).result()


def _first_final(settings: Settings, tenant: MadeTenant, agreement_id: UUID) -> float:
    with acting(create_app(settings), tenant):
        return took(make_final, agreement_id)[0]


def _first_bare(pages: int) -> float:
    return took(typeset_bare, pages, 0)[0]


def _seal(papers: Iterable[bytes], certificate: SealCertificate) -> Iterable[tuple[float, float]]:
    kept: Any = pkcs12.load_pkcs12(certificate.pkcs12, certificate.password.encode())
    for pdf in papers:
        seal = Seal(new_id(), clock.now(), "Forseglet av Fotfeste")
        bare = PKCS7SignatureBuilder().set_data(pdf).add_signer(kept.cert.certificate, kept.key, SHA256())
        yield (
            took(sealed, pdf, seal, certificate)[0],
            took(bare.sign, Encoding.DER, [PKCS7Options.DetachedSignature, PKCS7Options.Binary])[0],
        )
