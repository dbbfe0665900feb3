"""The mails of an evaluation: to the parties in the agreement's language, to advisers in their own."""

from flask import current_app
from flask_babel import gettext as _

from core.agreements.evaluating.models import Assessment, Evaluation
from core.agreements.models import Agreement
from core.agreements.notice_kinds import ANSWERS, EVALUATIONS
from core.agreements.signing.people import adviser_of, advisers_of
from core.kernel import clock
from core.kernel.settings import Settings
from core.notices import letters
from core.tenancy.service import current_tenant
from core.web.formats import written_date
from core.web.languages import in_language


def ask_to_assess(agreement: Agreement, asked: Assessment, token: str) -> None:
    """Ask somebody of another party how the cooperation works, with a personal link."""
    adviser, until = adviser_of(agreement), asked.expires_at or clock.now()
    with in_language(agreement.language):
        day = written_date(clock.local(until, current_tenant().timezone).date())
        paragraphs = (
            _("Hello %(name)s", name=asked.name),
            _(
                "%(tenant)s evaluates the agreement “%(title)s” with you and asks how %(party)s sees it.",
                tenant=current_tenant().name,
                title=agreement.title,
                party=asked.party_name,
            ),
            _("Open this link to answer. It is yours alone: do not pass it on."),
            f"{_tenant_address()}/evaluate/{token}",
            _("It takes about ten minutes. You can change your answer until the evaluation is closed."),
            _("The link works until %(date)s.", date=day),
            _("Questions? Ask %(name)s: %(email)s", name=adviser.name, email=adviser.email),
        )
        letters.write(EVALUATIONS, asked.email, _("Evaluation: %(title)s", title=agreement.title), paragraphs)


def tell_adviser(agreement: Agreement, evaluation: Evaluation, answered: Assessment) -> None:
    """Tell the adviser, and who stands in, that a party has answered for the first time."""
    for adviser in advisers_of(agreement):
        with in_language(adviser.language or current_tenant().language):
            subject = _("Evaluation answered: %(title)s", title=agreement.title)
            who = _("%(name)s has answered for %(party)s.", name=answered.name, party=answered.party_name)
            where = f"{_tenant_address()}/obligations/{evaluation.obligation_id}/evaluation"
            item = letters.Item("\n\n".join((who, _("Read it here:"), where)))
            letters.tell(ANSWERS, adviser, letters.Notice(subject, "", [item]))


def _tenant_address() -> str:
    settings: Settings = current_app.config["FOTFESTE"]
    return f"{settings.public_url}/t/{current_tenant().slug}"
