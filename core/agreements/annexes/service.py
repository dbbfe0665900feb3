"""The verb of annexes: which of those that the type offers are part of a draft."""

from collections.abc import Collection
from uuid import UUID

from flask_babel import lazy_gettext as _

from core.access import service as access
from core.agreements import parts as agreement_parts
from core.agreements.drafts.service import WRITE, touch
from core.kernel.errors import Invalid
from core.kernel.unit_of_work import unit_of_work


def choose(agreement_id: UUID, kept: Collection[str]) -> None:
    """Keep these annexes in a draft, leave the others out. Raises Invalid for one that is not offered."""
    access.require(WRITE)
    with unit_of_work():
        agreement = touch(agreement_id, "agreement.annexes_chosen", "annexes_left_out")
        offered = [one.value for one in agreement_parts.declared(agreement).annexes]
        if set(kept) - set(offered):
            wrong = _("Choose among the annexes on the page.")
            raise Invalid("agreement.unknown_annex", wrong, {"annexes": wrong})
        agreement.annexes_left_out = [one for one in offered if one not in kept]
