"""The ground: clock, ids, errors, scope, database, unit of work, audit, jobs. It stands on nothing of ours."""
