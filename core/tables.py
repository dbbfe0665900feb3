"""Imports every room's tables, so that the metadata is whole before anybody asks for it."""

import core.access.approvals.models
import core.access.models
import core.access.sso.models
import core.agreements.amending.models
import core.agreements.by_law.models
import core.agreements.comments.models
import core.agreements.contacts.models
import core.agreements.evaluating.models
import core.agreements.finding.models
import core.agreements.measuring.models
import core.agreements.models
import core.agreements.own_types.models
import core.agreements.reports.models
import core.agreements.signing.models
import core.agreements.signing.providers.models
import core.agreements.wheel.models
import core.agreements.word.models
import core.documents.models
import core.kernel.audit
import core.kernel.health
import core.kernel.mail
import core.kernel.sms
import core.law.models
import core.notices.models
import core.obligations.feeds.models
import core.obligations.models
import core.persons.models
import core.privacy.models
import core.tenancy.models  # noqa: F401  imported for their tables
