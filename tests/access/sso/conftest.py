"""An identity provider of our own that can be told to misbehave, on loopback."""

from collections.abc import Iterator

import pytest

from tests.access.sso.provider import FakeProvider, serving


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with serving() as fake:
        yield fake
