"""Whom a party may ask about an agreement: its adviser."""

from dataclasses import dataclass

from core.access.models import Account
from core.agreements.models import Agreement
from core.kernel.database import db


@dataclass(frozen=True)
class Person:
    """A name with an e-mail address; `language` is "" when the person has not chosen one."""

    name: str
    email: str
    language: str


def adviser_of(agreement: Agreement) -> Person:
    """The adviser of an agreement."""
    account = db.session.get_one(Account, agreement.adviser_id)
    return Person(account.name, account.email, account.language)
