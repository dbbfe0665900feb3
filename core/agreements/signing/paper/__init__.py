"""Signing on paper: a scan, who signed on it, and a second colleague who confirms."""
