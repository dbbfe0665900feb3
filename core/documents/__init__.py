"""Documents: clause text as blocks, accessible PDF, safe logos."""
