"""The letters about what waits for a second person."""

from flask_babel import gettext as _

from core.access.links import public_link
from core.access.mails import Letter
from core.tenancy import service as tenancy


def asked(*, name: str, asker: str, tenant: str, act: str, reason: str) -> Letter:
    """Tells somebody who may decide that a colleague has asked."""
    body = _(
        "Hello %(name)s\n\n%(asker)s asks for your approval in Fotfeste for %(tenant)s.\n\n"
        "What happens if you say yes: %(act)s\nReason: %(reason)s\n\n"
        "Read it and answer here:\n%(link)s\n",
        name=name,
        asker=asker,
        tenant=tenant,
        act=act,
        reason=reason,
        link=public_link("access_approvals.page", slug=tenancy.current_tenant().slug),
    )
    return Letter(_("%(asker)s asks for your approval", asker=asker), body)


def answered(*, name: str, decider: str, act: str, approved: bool, answer: str) -> Letter:
    """Tells whoever asked what the answer was."""
    said = _("%(decider)s has approved it, and it is done.", decider=decider)
    if not approved:
        said = _("%(decider)s has refused it. Nothing was done.", decider=decider)
    body = _(
        "Hello %(name)s\n\nYou asked for an approval: %(act)s\n\n%(said)s\n\nAnswer: %(answer)s\n",
        name=name,
        act=act,
        said=said,
        answer=answer or "-",
    )
    return Letter(_("Answer to what you asked for"), body)
