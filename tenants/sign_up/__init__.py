"""Signing up a tenant, by a visitor or by somebody who has an account."""
