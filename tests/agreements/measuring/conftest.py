"""An agreement in force since 30 November 2026, and the promises that it makes."""

from tests.agreements.life.conftest import agreement_id, inside, promises, tenant

__all__ = ["agreement_id", "inside", "promises", "tenant"]
