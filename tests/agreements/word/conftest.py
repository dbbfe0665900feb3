"""The same draft as in the tests of composing."""

from tests.agreements.drafts.conftest import draft

__all__ = ["draft"]
