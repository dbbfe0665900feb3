"""A tenant's own variants of agreement types as they are stored, and how the catalogue reads them."""
