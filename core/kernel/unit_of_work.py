"""The only place that commits: a verb's changes, audit, events and jobs are stored together or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import has_app_context
from sqlalchemy.orm import Session

from core.kernel.database import UnsavedChangesError, db


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Store everything that happens inside at its end. Inside another unit it joins that one."""
    session = db.session()
    if session.info.get("unit_of_work"):
        yield
        return
    session.info["unit_of_work"] = True
    try:
        yield
        session.flush()
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("unit_of_work", None)


@contextmanager
def contained() -> Iterator[None]:
    """Run somebody else's code so that what it breaks or leaves behind in the session stays with it.

    Inside a unit of work everything is undone to where the code began. Outside, where there is nothing to
    lose, the transaction starts anew after a failure, so that the rest of the page can still read.
    Raises UnsavedChangesError when the code changed rows and did not store them in a unit of work of its own.
    """
    if not has_app_context():
        yield
        return
    session = db.session()
    if session.info.get("unit_of_work"):
        with session.begin_nested(), session.no_autoflush:
            yield
            _refuse_changes(session)
        return
    try:
        yield
        _refuse_changes(session)
    except BaseException:
        session.rollback()
        raise


def _refuse_changes(session: Session) -> None:
    if session.new or session.dirty or session.deleted:
        raise UnsavedChangesError("rows were changed outside a unit of work")
