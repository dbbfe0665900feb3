"""Agreements and the rules of law: what a draft lacks by them, and the answers that are kept."""
