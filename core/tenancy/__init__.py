"""Tenants: who they are, which plugins they have switched on, and how a request enters one."""
