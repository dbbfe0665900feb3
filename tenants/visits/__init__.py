"""Visits of those who run the product: who was here and why, and when they may come in."""
