"""The page where a member chooses how often mail comes, and those where a tenant words its mails."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.notices import own_words, rhythms
from core.notices.kinds import gathered_kinds
from core.notices.rhythms import TITLES, Rhythm
from core.notices.schemas import WordsForm, rhythms_form
from core.tenancy.service import current_tenant
from core.web.forms import FormState, read_form
from core.web.languages import LANGUAGES, current_language

INVALID = 422

mine = Blueprint("notices_mine", __name__, url_prefix="/t/<slug>/notices")
words = Blueprint("notices_words", __name__, url_prefix="/t/<slug>/settings/mails")


@mine.get("")
def page() -> str:
    """How often each kind of mail comes to me."""
    return _mine(FormState({kind: rhythm.value for kind, rhythm in rhythms.chosen().items()}))


@mine.post("")
def choose() -> ResponseReturnValue:
    """Save how often."""
    kinds = list(rhythms.chosen())
    loaded, form = read_form(rhythms_form(kinds), request.form)
    if loaded is None:
        return _mine(form), INVALID
    rhythms.choose({kind: Rhythm(loaded[kind]) for kind in kinds})
    flash(_("Your choice is saved."), "success")
    return redirect(url_for("notices_mine.page"), code=303)


def _mine(form: FormState) -> str:
    language = current_language()
    return render_template(
        "notices/mine.html",
        form=form,
        kinds=[
            (kind.key, kind.title.in_language(language), kind.when.in_language(language))
            for kind in gathered_kinds()
        ],
        rhythms=[(one.value, TITLES[one].in_language(language)) for one in Rhythm],
    )


@words.get("")
def mails() -> str:
    """Every kind of mail, when it comes, and where the tenant has its own words."""
    return render_template(
        "notices/mails.html",
        mails=own_words.mails(),
        reader=current_language(),
        languages=list(LANGUAGES.items()),
    )


@words.get("/<kind>/<language>")
def text(kind: str, language: str) -> str:
    """The tenant's own words in one kind of mail and one language."""
    _kind, own = own_words.open_text(kind, language)
    form = FormState({"opening": own.opening, "closing": own.closing} if own else {})
    return _text(kind, language, form)


@words.post("/<kind>/<language>")
def save(kind: str, language: str) -> ResponseReturnValue:
    """Save them."""
    own_words.open_text(kind, language)
    loaded, form = read_form(WordsForm(), request.form)
    if loaded is None:
        return _text(kind, language, form), INVALID
    own_words.save_text(kind, language, opening=loaded["opening"], closing=loaded["closing"])
    flash(_("The words are saved. They stand in mail from now on."), "success")
    return redirect(url_for("notices_words.mails"), code=303)


def _text(key: str, language: str, form: FormState) -> str:
    kind, _own = own_words.open_text(key, language)
    return render_template(
        "notices/text.html",
        kind=kind,
        form=form,
        language=language,
        spoken=LANGUAGES[language],
        tenant=current_tenant(),
        reader=current_language(),
    )
