"""Annexes of an agreement: the annual wheel, the contact list and the plan of dates, from its own text."""
