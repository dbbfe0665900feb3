"""Flask-Security's pages in our words: forms by our components, answers with an honest status."""

from typing import Any

from flask import Flask, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import ForgotPasswordForm, ResetPasswordForm, password_reset, user_confirmed
from flask_security.confirmable import confirm_email_token_status
from flask_security.forms import Form
from flask_security.recoverable import reset_password_token_status
from flask_wtf import FlaskForm
from marshmallow import ValidationError

from core.access import attempts
from core.access.attempts import Kind
from core.access.models import Account
from core.access.proof import spend_a_hash
from core.kernel import clock
from core.web.fields import Email
from core.web.forms import FormState
from core.web.limits import refuse_nul_in_form

ASK_FOR_MAIL = frozenset({"security.forgot_password", "security.send_confirmation"})
GONE = 410


class ForgottenPassword(ForgotPasswordForm):
    """Asking for a new password. An unconfirmed address may ask too: the link itself confirms it."""

    def validate(self, **options: object) -> bool:
        """Whether the address has an account in use.

        Flask-Security spends a hash when it has not; it must cost the same when it has.
        """
        if not (Form.validate(self, **options) and self.user and self.user.is_active):
            return False
        spend_a_hash("")
        return True


class NewPassword(ResetPasswordForm):
    """Choosing a new password, once: a second field only hinders those who paste from a password manager."""

    password_confirm = None


def init_pages(app: Flask) -> None:
    """Fit our answers around Flask-Security's views."""
    own = app.before_request_funcs.setdefault("security", [])
    own.extend((refuse_nul_in_form, _count_request_for_mail, _answer_dead_link))
    app.context_processor(lambda: {"state_of": state_of})
    user_confirmed.connect(_tell_confirmed, app)
    password_reset.connect(_tell_new_password, app)


def render(template: str, **context: Any) -> Any:
    """Render a page of Flask-Security's: 422 to correct the form, on to sign-in when a mail is sent."""
    form = next((value for value in context.values() if isinstance(value, FlaskForm)), None)
    if request.method != "POST" or form is None:
        return render_template(template, **context)
    if request.endpoint in ASK_FOR_MAIL:
        complaints = _address_complaints(form.email.data)
        if not complaints:
            return _mail_is_on_its_way()
        form.email.errors = complaints
    return make_response(render_template(template, **context), 422)


def state_of(form: FlaskForm | None, *, without_errors: bool = False) -> FormState:
    """A form of Flask-Security's as our components show it; a page may speak of its errors itself."""
    if not isinstance(form, FlaskForm):
        return FormState()
    errors = {} if without_errors else form.errors
    return FormState(form.data, {name or "": messages for name, messages in errors.items()})


def _address_complaints(address: str | None) -> list[str]:
    try:
        Email(required=True).deserialize((address or "").replace("\0", ""))
    except ValidationError as error:
        return [str(message) for message in error.messages]
    return []


def _mail_is_on_its_way() -> ResponseReturnValue:
    flash(
        _("If we know this address, a mail with a link is on its way."),
        "success",
    )
    return redirect(url_for("security.login"), code=303)


def _count_request_for_mail() -> None:
    """An address gets only so many mails with links, whether or not it has an account."""
    address = request.form.get("email", "")
    if request.method == "POST" and request.endpoint in ASK_FOR_MAIL and not _address_complaints(address):
        attempts.begin(Kind.MAIL, address)


def _answer_dead_link() -> ResponseReturnValue | None:
    """A link that no longer works gets the page where a new one is asked for; one used twice does no harm."""
    token = (request.view_args or {}).get("token")
    if request.endpoint == "security.confirm_email":
        expired, invalid, account = confirm_email_token_status(token)
        if account and account.confirmed_at and not invalid:
            flash(_("Your e-mail address is confirmed already. You can sign in."), "info")
            return redirect(url_for("security.login"), code=303)
        page = "security/send_confirmation.html"
    elif request.endpoint == "security.reset_password":
        expired, invalid, account = reset_password_token_status(token)
        page = "security/forgot_password.html"
    else:
        return None
    if account and not expired and not invalid:
        return None
    return make_response(render_template(page, trouble=True), GONE)


def _tell_confirmed(_app: Flask, user: Account, **_rest: object) -> None:
    del user
    flash(_("Your e-mail address is confirmed. You can sign in now."), "success")


def _tell_new_password(_app: Flask, user: Account, **_rest: object) -> None:
    user.confirmed_at = user.confirmed_at or clock.now()
    attempts.forgive(Kind.PASSWORD, user.email)
    flash(_("You have a new password. Sign in with it."), "success")
