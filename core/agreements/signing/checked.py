"""What the rules of law say of a version, kept when it is sent and when it comes into force."""

from dataclasses import replace

from core.agreements import parts as agreement_parts
from core.agreements.by_law.asking import is_asked_about
from core.agreements.by_law.keeping import keep
from core.agreements.by_law.models import Occasion
from core.agreements.drafts.completeness import facts_of
from core.agreements.models import Version
from core.agreements.parts import Parts
from core.agreements.signing.case import Case
from core.kernel import clock
from core.kernel.errors import Conflict
from core.tenancy.service import current_tenant


def keep_on_sending(parts: Parts, version: Version) -> None:
    """Keep the answer about a draft that was frozen, inside the unit of work of sending."""
    keep(version, facts_of(parts), Occasion.SENT)


def keep_in_force(case: Case) -> None:
    """Keep the answer about what all have signed, where it differs, inside the unit of work of signing."""
    if not is_asked_about(case.agreement.type_key):
        return
    try:
        parts = agreement_parts.load(case.agreement.id)
    except Conflict:
        return
    keep_signed(parts, case.version, case, Occasion.IN_FORCE)


def keep_signed(parts: Parts, version: Version, signed: Case, occasion: Occasion) -> None:
    """Keep the answer about a version for which the signatures of a case stand."""
    zone = current_tenant().timezone
    days = {
        one.party_key: clock.local(one.signed_at, zone).date() for one in signed.requests if one.signed_at
    }
    keep(version, replace(facts_of(parts), signed=days), occasion)
