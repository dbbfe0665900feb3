"""Signing at an e-signature service: what the service tells, and what is kept of it."""
