"""Members of a tenant, invitations, and joining by a personal link."""
