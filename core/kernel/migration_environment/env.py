"""Alembic's environment: one lineage at a time, as the owner role."""

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from core.kernel.database import SHARED_METADATA
from core.kernel.row_security import PLATFORM, READ_ONLY, WEB, WORKER, grant

lineage = context.config.attributes["lineage"]
engine = create_engine(context.config.attributes["url"], poolclass=NullPool)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=SHARED_METADATA,
        version_table=lineage.version_table,
        transactional_ddl=True,
        include_name=context.config.attributes.get("include_name"),
    )
    with context.begin_transaction():
        context.run_migrations()
        for role in (WEB, WORKER, PLATFORM):
            grant(connection.exec_driver_sql, lineage.version_table, {role: READ_ONLY})
