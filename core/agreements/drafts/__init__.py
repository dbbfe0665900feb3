"""Composing: an agreement is begun from a type and written section by section."""
