"""Copies: a new agreement begins with what stands in an earlier one."""
