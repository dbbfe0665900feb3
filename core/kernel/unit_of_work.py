"""The only place that commits: a verb's changes, audit, events and jobs are stored together or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.kernel.database import db


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
