"""Documents for Word: written from the same values as the PDF, read back with what was changed."""
