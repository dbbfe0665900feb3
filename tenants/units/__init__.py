"""The units of a tenant, and the places that it serves beside its own."""
