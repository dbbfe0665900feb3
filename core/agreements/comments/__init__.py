"""What colleagues say about a draft among themselves: it never leaves the organisation."""
