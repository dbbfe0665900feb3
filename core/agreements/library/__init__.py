"""Texts to put into a clause: those of the types on offer, and those of agreements signed before."""
