"""A small application that shows every component; look at it by `flask --app tests.web.gallery run`."""

from pathlib import Path

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request
from marshmallow import fields as marshmallow_fields

import core.web
from core.kernel.errors import Conflict, Invalid, NotFound, Refused
from core.web import AccountInFrame, MenuItem, TenantInFrame, WebHooks
from core.web.fields import Choice, Day, Email, Line, Paragraphs, Tick, WholeNumber
from core.web.forms import FormSchema, FormState, read_form
from core.web.htmx import page_or_fragment

FOLDER = Path(__file__).parent
PLACES = [(f"{number:04}", f"Sted {number}") for number in range(1, 61)]
KINDS = [("first", "Første slag"), ("second", "Andre slag", "Med en forklaring")]
PROBLEMS = {
    "conflict": Conflict("gallery.conflict", "Somebody else changed the clause."),
    "invalid": Invalid("gallery.invalid", "The number does not fit.", {"number": "Check the <last> digit."}),
    "missing": NotFound("gallery.missing", "There is no such agreement."),
    "refused": Refused("gallery.refused", "Only the adviser may send it."),
}

blueprint = Blueprint("gallery", __name__, template_folder="gallery_templates", root_path=str(FOLDER))


class GalleryForm(FormSchema):
    name = Line(max=40, required=True)
    email = Email(required=True)
    about = Paragraphs(max=200)
    place = Choice([key for key, _text in PLACES], required=True)
    kind = Choice(["first", "second"], required=True)
    plugins = marshmallow_fields.List(Choice(["first", "second"]))
    start = Day()
    number = WholeNumber(min=1, max=100)
    agree = Tick(must=True)


@blueprint.route("/gallery", methods=["GET", "POST"])
def gallery() -> str | tuple[str, int]:
    form = FormState({"place": "0003", "plugins": ["second"]})
    status = 200
    if request.method == "POST":
        loaded, form = read_form(GalleryForm(), request.form)
        status = 200 if loaded else 422
    page = page_or_fragment(
        "gallery.html",
        "the_form",
        form=form,
        places=PLACES,
        kinds=KINDS,
        groups=[("Nord", PLACES[:3]), ("Sør", PLACES[3:6])],
    )
    return page, status


@blueprint.get("/form-page")
def form_page() -> str:
    return render_template("form_page.html", form=FormState())


@blueprint.get("/reading")
def reading() -> str:
    return render_template("reading.html")


@blueprint.get("/problem/<name>")
def problem(name: str) -> str:
    raise PROBLEMS[name]


@blueprint.get("/abort/<int:status>")
def stop(status: int) -> str:
    abort(status)


@blueprint.get("/broken")
def broken() -> str:
    raise RuntimeError("a secret detail")


@blueprint.get("/api/v1/broken")
def broken_for_programs() -> str:
    raise PROBLEMS["invalid"]


@blueprint.post("/elsewhere")
def elsewhere() -> object:
    flash("Moved", "success")
    return redirect("/reading", 303)


def hooks(**changes: object) -> WebHooks:
    filled: dict[str, object] = {
        "production": False,
        "tenant": lambda: TenantInFrame(
            "Fjordvik kommune", "/gallery", notice="Kommunen er ikke bekreftet ennå."
        ),
        "account": lambda: AccountInFrame("Kari Prøve", "/elsewhere", (MenuItem("me", "Min konto", "/me"),)),
        "menu": lambda: (
            MenuItem("home", "Hjem", "/home", count=3),
            MenuItem("gallery", "Avtaler", "/gallery"),
            MenuItem("people", "Medarbeidere", "/people"),
            MenuItem("settings", "Innstillinger", "/settings"),
        ),
        "timezone": lambda: "Europe/Oslo",
    }
    return WebHooks(**(filled | changes))  # type: ignore[arg-type]


def create_app(web_hooks: WebHooks | None = None, **config: object) -> Flask:
    app = Flask("gallery", static_folder=None)
    app.config.update(SECRET_KEY="gallery", **config)
    core.web.init_app(app, web_hooks or hooks())
    app.register_blueprint(blueprint)
    return app
