"""Asking the rules of law for the tenant in scope, from a plugin's services and findings."""

from core.law.asking_for_tenant import Terms, ask, terms_of
from core.law.catalogue import MissingRuleSetError
from core.rules.facts import Facts, Given
from core.rules.result import Result

__all__ = ["Facts", "Given", "MissingRuleSetError", "Result", "Terms", "ask", "terms_of"]
