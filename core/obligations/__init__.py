"""Promises with dates: made when an agreement is signed, listed when they are due."""
