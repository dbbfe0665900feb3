"""The annual wheel: a year as a ring and as a list, of promises with dates and of fixed yearly activities."""
