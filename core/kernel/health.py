"""How plugins' hooks go, added up over all processes, and why jobs failed: for those who run the product.

Errors are kept as the kind of the error and its place in the code, never with its message, which may hold
somebody's data.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Float, String
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel import clock
from core.kernel.database import Base, instant


class PluginHealth(Base):
    """What all processes of a door have counted for one hook of a plugin."""

    __tablename__ = "kernel_plugin_health"

    door: Mapped[str] = mapped_column(String(20), primary_key=True)
    plugin: Mapped[str] = mapped_column(String(60), primary_key=True)
    hook: Mapped[str] = mapped_column(String(80), primary_key=True)
    calls: Mapped[int] = mapped_column(BigInteger, default=0)
    seconds: Mapped[float] = mapped_column(Float, default=0.0)
    errors: Mapped[int] = mapped_column(BigInteger, default=0)
    last_error: Mapped[str] = mapped_column(String(200), default="")
    last_error_at: Mapped[datetime | None] = instant(default=None)
    counted_at: Mapped[datetime] = instant(default=clock.now)


class JobError(Base):
    """Why the latest attempt of a job failed."""

    __tablename__ = "kernel_job_error"

    job_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = instant(default=clock.now)
    error: Mapped[str] = mapped_column(String(300))
