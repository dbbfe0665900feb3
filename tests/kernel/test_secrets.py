"""Secrets in the database: unreadable without their key, in another column, or when somebody changed them."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core import cli
from core.kernel import rotation
from core.kernel.database import COLUMN_TYPES, PluginTables, UnsafeStatementError, db
from core.kernel.ids import new_id
from core.kernel.keyring import Keyring, KeyringError, UnreadableSecretError, new_key
from core.kernel.scope import platform_scope
from core.kernel.secrets import EncryptedText, blind_index, blind_indexes
from core.kernel.unit_of_work import unit_of_work

OLD, NEW = new_key(), new_key()
CONTEXT = "safe_thing.number"
TENANT = UUID(int=1)


class Base(DeclarativeBase):
    type_annotation_map = COLUMN_TYPES


class Thing(Base):
    __tablename__ = "safe_thing"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    tenant_id: Mapped[UUID] = mapped_column(default=TENANT)
    number: Mapped[str | None] = mapped_column(EncryptedText(CONTEXT, index="number_index"))
    number_index: Mapped[str | None] = mapped_column(String(64))
    note: Mapped[str | None] = mapped_column(EncryptedText("safe_thing.note"))


@pytest.fixture
def use(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """A table with secrets, and a way to say which keys the application has."""
    connection: Any = db.engines["platform"]
    connection.exec_driver_sql("RESET ROLE")
    Base.metadata.create_all(connection)
    connection.exec_driver_sql("GRANT ALL ON safe_thing TO fotfeste_platform")
    monkeypatch.setitem(PluginTables.bases, "safe", Base)
    before = app.extensions["fotfeste_keyring"]

    def use_keys(written: str) -> None:
        app.extensions["fotfeste_keyring"] = Keyring.read(written)

    use_keys(OLD)
    yield use_keys
    app.extensions["fotfeste_keyring"] = before


def keep(number: str | None = "01017012345", note: str | None = None) -> UUID:
    thing = Thing(id=new_id(), number=number, note=note)
    if number is not None:
        thing.number_index = blind_index(CONTEXT, number, TENANT)
    with platform_scope("a secret for a test"), unit_of_work():
        db.session.add(thing)
    return thing.id


def read(thing_id: UUID) -> Thing:
    with platform_scope("read a secret in a test"):
        return db.session.execute(select(Thing).where(Thing.id == thing_id)).scalar_one()


def stored(thing_id: UUID) -> tuple[str, str]:
    """What lies in the database."""
    columns = (type_coerce(Thing.number, String), type_coerce(Thing.note, String))
    with platform_scope("read what is stored in a test"):
        return tuple(db.session.execute(select(*columns).where(Thing.id == thing_id)).one())  # type: ignore[return-value]


def write(thing_id: UUID, **values: str) -> None:
    """Somebody with the database, but without keys, changes what is stored."""
    connection: Any = db.engines["platform"]
    for column, value in values.items():
        connection.exec_driver_sql(f"UPDATE safe_thing SET {column} = %s WHERE id = %s", (value, thing_id))


def test_a_secret_comes_back_but_is_not_what_is_stored(use: Callable[[str], None]) -> None:
    thing = keep("01017012345", "æøå")
    assert (read(thing).number, read(thing).note) == ("01017012345", "æøå")
    assert "01017012345" not in stored(thing)[0]
    assert stored(thing)[0].startswith(f"{OLD.partition(':')[0]}:")


def test_nothing_stays_nothing_and_can_be_asked_for(use: Callable[[str], None]) -> None:
    thing = keep(None)
    assert read(thing).number is None
    assert stored(thing) == (None, None)
    with platform_scope("look for what is empty"):
        assert db.session.scalars(select(Thing.id).where(Thing.number.is_(None))).all() == [thing]


def test_the_same_text_is_stored_differently_each_time(use: Callable[[str], None]) -> None:
    assert stored(keep())[0] != stored(keep())[0]


def test_a_changed_secret_is_not_read(use: Callable[[str], None]) -> None:
    thing = keep()
    before = stored(thing)[0]
    write(thing, number=before[:-6] + ("A" if before[-6] != "A" else "B") + before[-5:])
    with pytest.raises(UnreadableSecretError, match=CONTEXT):
        read(thing)


def test_a_secret_that_was_moved_to_another_column_is_not_read(use: Callable[[str], None]) -> None:
    thing = keep()
    write(thing, note=stored(thing)[0])
    with pytest.raises(UnreadableSecretError, match=r"safe_thing\.note: changed, or moved"):
        read(thing)


def test_a_secret_is_not_read_without_its_key(use: Callable[[str], None]) -> None:
    thing = keep()
    use(NEW)
    with pytest.raises(UnreadableSecretError, match="not in ENCRYPTION_KEYS"):
        read(thing)
    use(f"{OLD.partition(':')[0]}:{NEW.partition(':')[2]}")
    with pytest.raises(UnreadableSecretError, match=CONTEXT):
        read(thing)


def test_an_encrypted_column_cannot_be_searched_by_mistake() -> None:
    for search in (
        lambda: Thing.number == "01017012345",
        lambda: Thing.number.like("0101%"),
        Thing.number.desc,
    ):
        with pytest.raises(UnsafeStatementError, match="blind index"):
            search()


def test_a_blind_index_finds_within_one_tenant_and_column_only(use: Callable[[str], None]) -> None:
    one = blind_index(CONTEXT, "01017012345", TENANT)
    assert one == blind_index(CONTEXT, "01017012345", TENANT)
    others = {
        blind_index(CONTEXT, "01017012346", TENANT),
        blind_index(CONTEXT, "01017012345", UUID(int=2)),
        blind_index("safe_thing.note", "01017012345", TENANT),
    }
    assert len({one, *others}) == 4
    assert len(one) == 64


def test_rotation_writes_everything_with_the_new_key_and_the_old_one_can_go(
    use: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    things = [keep(str(number), "note") for number in range(5)]
    empty = keep(None)
    use(f"{NEW},{OLD}")
    assert blind_indexes(CONTEXT, "3", TENANT)[1] == read(things[3]).number_index
    said: list[str] = []
    assert rotation.rotate(said.append) == 10
    assert [line for line in said if "safe_thing" in line] == [
        "safe_thing.note: 5 encrypted anew",
        f"{CONTEXT}: 5 encrypted anew",
    ]
    assert rotation.rotate() == 0
    use(NEW)
    assert [read(thing).number for thing in things] == ["0", "1", "2", "3", "4"]
    assert read(things[3]).number_index == blind_index(CONTEXT, "3", TENANT)
    assert read(empty).number is None


def test_a_rotation_that_was_stopped_is_taken_up_again(
    use: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 1)
    things = [keep(str(number)) for number in range(3)]
    use(f"{NEW},{OLD}")
    column = next(one for one in rotation.encrypted_columns() if one.attribute == "number")
    with platform_scope("a part of a rotation in a test"):
        assert rotation._rotate_batch(column) == 1
    assert rotation.rotate() == 2
    use(NEW)
    assert sorted(str(read(thing).number) for thing in things) == ["0", "1", "2"]


def test_the_command_says_what_it_did_and_stops_where_a_key_is_missing(
    use: Callable[[str], None], app: Flask
) -> None:
    keep()
    use(NEW)
    runner = app.test_cli_runner()
    refused = runner.invoke(cli.secrets, ["rotate"])
    assert refused.exit_code == 1
    assert "not in ENCRYPTION_KEYS" in refused.output
    use(f"{NEW},{OLD}")
    done = runner.invoke(cli.secrets, ["rotate"])
    assert done.exit_code == 0
    assert "1 secrets encrypted anew" in done.output


def test_a_fresh_key_can_be_used_as_it_is_printed(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(cli.secrets, ["new-key"]).output.strip()
    ring = Keyring.read(printed)
    assert ring.decrypt(ring.encrypt("text", CONTEXT), CONTEXT) == "text"
    assert ring.needs_rotation(Keyring.read(OLD).encrypt("text", CONTEXT))
    assert not ring.needs_rotation(ring.encrypt("text", CONTEXT))


def test_a_keyring_shows_nothing() -> None:
    ring = Keyring.read(OLD)
    ring.encrypt("text", CONTEXT)
    assert OLD.partition(":")[2] not in f"{ring!r} {ring}"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "at least one key"),
        ("k1", "k1 must be 32 bytes"),
        ("K1:x", "id:base64key"),
        ("k1:c2hvcnQ=", "must be 32 bytes"),
        ("k1:not base64!", "k1 is not base64"),
        (f"{OLD},{OLD}", "stands twice"),
    ],
)
def test_keys_that_cannot_be_used_are_refused_by_their_id(written: str, message: str) -> None:
    with pytest.raises(KeyringError, match=message):
        Keyring.read(written)
