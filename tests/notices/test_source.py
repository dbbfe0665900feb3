"""Every mail about agreements is a notice, so that the tenant's words and the reader's choice hold."""

from pathlib import Path

import pytest

CORE = Path(__file__).parents[2] / "core"


@pytest.mark.parametrize("room", ["agreements", "obligations"])
def test_nobody_writes_a_mail_past_the_notices(room: str) -> None:
    past = [
        str(file.relative_to(CORE))
        for file in sorted((CORE / room).rglob("*.py"))
        if "mail.send(" in file.read_text()
    ]
    assert past == []
