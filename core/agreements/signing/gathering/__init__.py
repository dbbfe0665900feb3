"""Signing in a meeting: several sign on one device, before a witness."""
