"""The ground floor: clock, ids, errors, tenant scope, database, unit of work, audit, jobs. Imports nothing of ours."""
