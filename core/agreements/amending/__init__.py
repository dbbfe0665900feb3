"""Amending an agreement in force: a new version, by new signatures or by notice, and who asks for one."""
