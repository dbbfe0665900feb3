"""The pages of seminars, below the tenant's own address."""

from datetime import date
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from seminars import service

pages = Blueprint("seminars_pages", __name__, template_folder="templates", url_prefix="/t/<slug>/seminars")


@pages.get("/")
def coming() -> str:
    """The list."""
    return render_template("seminars/list.html", seminars=service.coming())


@pages.post("/")
def announce() -> Response:
    """Put a seminar on the list."""
    held_on = request.form.get("held_on", type=date.fromisoformat)
    service.announce(request.form.get("title", ""), held_on)
    return redirect(url_for("seminars_pages.coming"), code=303)


@pages.get("/<uuid:seminar_id>")
def one(seminar_id: UUID) -> str:
    """One seminar."""
    return render_template("seminars/list.html", seminars=[service.one(seminar_id)])
