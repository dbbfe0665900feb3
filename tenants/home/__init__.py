"""Home: what is due, late, unsigned or unfinished."""
