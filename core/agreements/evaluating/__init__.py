"""Evaluating an agreement: what its parties experienced, how far its aims are reached, what is to change."""
