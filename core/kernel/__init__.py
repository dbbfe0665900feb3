"""The ground: clock, ids, errors, scope, database, unit of work, audit, jobs. On nothing of ours."""
