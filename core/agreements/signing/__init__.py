"""Signing: an agreement is frozen and sent, each party signs or refuses, and it comes into force."""
