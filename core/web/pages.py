"""The front page and the language switch: the pages that belong to nobody else."""

from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Flask, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from core.web.hooks import current_hooks
from core.web.languages import remember, supported

blueprint = Blueprint("web", __name__)


def init_app(app: Flask) -> None:
    """Answer at ``/`` and ``/language``."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["page_url"] = page_url


@blueprint.get("/")
def front() -> str:
    """One screen: what Fotfeste is for, for whom, and how to begin."""
    return render_template("front.html")


@blueprint.post("/language")
def language() -> BaseResponse:
    """Keep the reader's choice of language and go back to where they were."""
    response = redirect(own_path(request.form.get("next", "/")), code=303)
    chosen = supported(request.form.get("language"))
    if chosen:
        current_hooks().keep_account_language(chosen)
        remember(response, chosen)
    return response


def own_path(target: str) -> str:
    """The target if it is a path of ours, else the front page: no form sends people to another site."""
    parts = urlsplit(target)
    printable = target.isprintable() and "\\" not in target
    is_ours = printable and not parts.scheme and not parts.netloc and target.startswith("/")
    return target if is_ours and not target.startswith("//") else "/"


def page_url(number: int) -> str:
    """The address of this page with another page number of its list."""
    arguments = request.args.to_dict(flat=False) | {"page": [str(number)]}
    return f"{request.path}?{urlencode(arguments, doseq=True)}"
