"""Pages: the whole draft beside its template, and one clause of it."""

from uuid import UUID

from flask import Blueprint, render_template, request

from core.agreements.comparing import service

comparing = Blueprint("agreements_comparing", __name__, url_prefix="/t/<slug>/agreements/<uuid:agreement_id>")


@comparing.get("/compare")
def whole(agreement_id: UUID) -> str:
    """Every clause that differs; with ``all`` in the address the others too."""
    return _page(service.compare(agreement_id), shows_all="all" in request.args)


@comparing.get("/clauses/<key>/compare")
def clause(agreement_id: UUID, key: str) -> str:
    """One clause."""
    return _page(service.compare(agreement_id, key), shows_all=True, of_one=True)


def _page(comparison: service.Comparison, *, shows_all: bool, of_one: bool = False) -> str:
    return render_template(
        "agreements/comparing/page.html", comparison=comparison, shows_all=shows_all, of_one=of_one
    )
