"""The words that a tenant has for what is declared, such as the titles of roles."""

from collections.abc import Mapping

from flask import g

from core.kernel import audit
from core.kernel.database import db
from core.kernel.scope import current_tenant_id
from core.kernel.unit_of_work import unit_of_work
from core.tenancy.models import Tenant


def choose_terms(terms: Mapping[str, str]) -> None:
    """Use the tenant's own words; a key without a word goes by the word that was declared."""
    with unit_of_work():
        row = db.session.get_one(Tenant, current_tenant_id(), with_for_update=True)
        chosen = {key: word for key, word in terms.items() if word}
        changed = {key for key in {*chosen, *row.terms} if chosen.get(key) != row.terms.get(key)}
        row.terms = chosen
        audit.record("tenant.words_chosen", "tenant", row.id, fields=changed)
    g.pop("tenant", None)
