"""The floor's SQL, written by hand: one statement for each list of a page."""

from core.agreements.overview.filters import Filters

READER = """
SELECT account.id, account.name, account.email, tenant.id AS tenant_id, tenant.name AS tenant_name
FROM tenancy_tenant AS tenant
JOIN access_membership AS membership ON membership.tenant_id = tenant.id AND membership.ended_at IS NULL
JOIN access_account AS account ON account.id = membership.account_id AND account.active
WHERE tenant.slug = %(slug)s AND account.id = %(account)s
"""

AGREEMENT = """
SELECT agreement.id, agreement.title, agreement.language, agreement.starts_on, agreement.ends_on,
       agreement.sent_at, agreement.activated_at, agreement.cancel_reason, adviser.name AS adviser,
       version.id AS version_id, version.number, version.content
FROM agreements_agreement AS agreement
JOIN access_account AS adviser ON adviser.id = agreement.adviser_id
JOIN agreements_version AS version
  ON version.tenant_id = agreement.tenant_id AND version.agreement_id = agreement.id
WHERE agreement.tenant_id = %(tenant)s AND agreement.id = %(agreement)s
ORDER BY version.number DESC LIMIT 1
"""

REQUESTS = """
SELECT * FROM agreements_signature_request WHERE tenant_id = %(tenant)s AND version_id = %(version)s
"""

LIFE = """
SELECT id FROM agreements_life_event WHERE tenant_id = %(tenant)s AND agreement_id = %(agreement)s
"""

EVALUATIONS = """
SELECT obligation_id, closed_at FROM agreements_evaluation
WHERE tenant_id = %(tenant)s AND agreement_id = %(agreement)s
"""

PROMISES = """
SELECT * FROM obligations_obligation
WHERE tenant_id = %(tenant)s AND subject_id = %(agreement)s AND dropped_at IS NULL
ORDER BY due_on, id
"""

WAITING = """
SELECT request.agreement_id, agreement.title, request.party_name, request.name, request.requested_at,
       request.email
FROM (
    SELECT *, row_number() OVER (PARTITION BY email = %(email)s ORDER BY requested_at, id) AS place
    FROM agreements_signature_request
    WHERE tenant_id = %(tenant)s AND signed_at IS NULL AND refused_at IS NULL AND revoked_at IS NULL
      AND part <> 'sees' AND approved_at IS NULL AND invited_at IS NOT NULL
      AND (email = %(email)s OR requested_at <= %(before)s)
) AS request
JOIN agreements_agreement AS agreement
  ON agreement.tenant_id = request.tenant_id AND agreement.id = request.agreement_id
WHERE place <= %(most)s AND agreement.sent_at IS NOT NULL AND agreement.refused_at IS NULL
  AND agreement.activated_at IS NULL AND agreement.cancelled_at IS NULL
ORDER BY request.requested_at, request.id
"""

UNFINISHED = """
(SELECT id, title, changed_at, refused_at FROM agreements_agreement
 WHERE tenant_id = %(tenant)s AND activated_at IS NULL AND cancelled_at IS NULL AND refused_at IS NOT NULL
 ORDER BY refused_at DESC, id LIMIT %(most)s)
UNION ALL
(SELECT id, title, changed_at, refused_at FROM agreements_agreement
 WHERE tenant_id = %(tenant)s AND activated_at IS NULL AND cancelled_at IS NULL AND refused_at IS NULL
   AND sent_at IS NULL AND adviser_id = %(account)s
 ORDER BY changed_at DESC, id LIMIT %(most)s)
"""

DUE = """
(SELECT *, 'expiring' AS place FROM obligations_obligation
 WHERE tenant_id = %(tenant)s AND done_at IS NULL AND dropped_at IS NULL
   AND kind = %(expiry)s AND due_on <= %(today)s
 ORDER BY due_on, id LIMIT %(most)s)
UNION ALL
(SELECT *, 'late' FROM obligations_obligation
 WHERE tenant_id = %(tenant)s AND done_at IS NULL AND dropped_at IS NULL
   AND kind <> %(expiry)s AND due_on < %(today)s
 ORDER BY due_on, id LIMIT %(most)s)
UNION ALL
(SELECT *, 'next' FROM obligations_obligation
 WHERE tenant_id = %(tenant)s AND done_at IS NULL AND dropped_at IS NULL
   AND due_on BETWEEN %(today)s AND %(until)s AND NOT (kind = %(expiry)s AND due_on <= %(today)s)
 ORDER BY due_on, id LIMIT %(most)s)
"""

VIEWS = "SELECT name FROM agreements_saved_view WHERE tenant_id = %(tenant)s"

STATUS = """
CASE WHEN agreement.cancelled_at IS NOT NULL THEN 'cancelled'
     WHEN agreement.activated_at IS NOT NULL AND agreement.ends_on < %(today)s THEN
          CASE WHEN agreement.notice_on IS NOT NULL THEN 'ended'
               WHEN agreement.renewed_at IS NOT NULL THEN 'renewed'
               ELSE 'expired' END
     WHEN agreement.activated_at IS NOT NULL AND agreement.notice_on IS NOT NULL THEN 'ending'
     WHEN agreement.activated_at IS NOT NULL AND agreement.paused_from <= %(today)s
          AND (agreement.resumes_on IS NULL OR agreement.resumes_on > %(today)s) THEN 'paused'
     WHEN agreement.activated_at IS NOT NULL THEN 'active'
     WHEN agreement.refused_at IS NOT NULL THEN 'refused'
     WHEN agreement.sent_at IS NOT NULL THEN 'sent'
     ELSE 'draft' END
"""
BY_STATUS = f"AND {STATUS} = ANY(%(status)s)"
BY_WORD = """
AND agreement.id IN (SELECT agreement_id FROM agreements_word
                     WHERE tenant_id = %(tenant)s AND word >= %(word)s AND word < %(after)s)
"""
LISTED = f"""
SELECT agreement.id, agreement.title, agreement.unit_id, agreement.starts_on, agreement.ends_on,
       agreement.changed_at, adviser.name AS adviser, {STATUS} AS status,
       (SELECT string_agg(party.name, ', ' ORDER BY party.key) FROM agreements_party AS party
        WHERE party.tenant_id = agreement.tenant_id AND party.agreement_id = agreement.id
          AND party.name NOT IN ('', tenant.name)) AS parties
FROM agreements_agreement AS agreement
JOIN tenancy_tenant AS tenant ON tenant.id = agreement.tenant_id
JOIN access_account AS adviser ON adviser.id = agreement.adviser_id
WHERE agreement.tenant_id = %(tenant)s
"""
COUNTED = """
SELECT count(*) AS total FROM (
    SELECT 1 FROM agreements_agreement AS agreement WHERE agreement.tenant_id = %(tenant)s
"""


def _chosen(filters: Filters) -> str:
    return (BY_STATUS if filters.status else "") + (BY_WORD if filters.q else "")


def listed(filters: Filters) -> str:
    """The first page of the list."""
    return f"{LISTED} {_chosen(filters)} ORDER BY agreement.changed_at DESC, agreement.id LIMIT %(most)s"


def counted(filters: Filters) -> str:
    """How many there are, as far as anybody counts."""
    return f"{COUNTED} {_chosen(filters)} LIMIT %(most)s) AS counted"
