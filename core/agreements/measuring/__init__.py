"""Measured goals: what can be counted, what it came to, and how that stands against what was agreed."""
