"""What a tenant's home page lists: exceptions only, each with a date and a place to go."""

from dataclasses import dataclass

from core.access import service as access
from core.access.approvals import service as approvals
from core.agreements.amending import revisions
from core.agreements.amending.revisions import Asked
from core.agreements.life.quiet import Quiet, quiet
from core.agreements.signing import service as signing
from core.agreements.signing.service import Attention
from core.obligations import service as obligations
from core.obligations.service import Overview

SHOWN = 10
WITHIN_DAYS = 60


@dataclass(frozen=True)
class Home:
    """The context of `tenants_home/home.html`; each list holds at most `SHOWN`.

    ``approvals`` is how many colleagues wait for the reader's yes or no.
    """

    attention: Attention
    quiet: tuple[Quiet, ...]
    promises: Overview
    may_read: bool
    may_write: bool
    may_invite: bool
    may_do: bool
    approvals: int
    revisions: tuple[Asked, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing asks for anybody."""
        asking, promises = self.attention, self.promises
        return not any(
            (
                asking.for_me,
                asking.silent,
                asking.refused,
                asking.drafts,
                self.quiet,
                self.revisions,
                promises.expiring,
                promises.late,
                promises.next,
                self.approvals,
            )
        )


def home() -> Home:
    """What asks for the signed-in member, in a fixed number of queries."""
    member = access.require_member()
    may_read = "agreement:read" in member.permissions
    return Home(
        attention=signing.attention(SHOWN) if may_read else Attention((), (), (), ()),
        quiet=quiet(SHOWN) if may_read else (),
        promises=obligations.overview(SHOWN, within_days=WITHIN_DAYS) if may_read else Overview((), (), ()),
        may_read=may_read,
        may_write="agreement:write" in member.permissions,
        may_invite="people:manage" in member.permissions,
        may_do="obligation:do" in member.permissions,
        approvals=approvals.count_for_me(),
        revisions=revisions.waiting(SHOWN) if may_read else (),
    )
