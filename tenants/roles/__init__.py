"""Who may do what: the matrix of roles, roles of the tenant's own, and its words for roles."""
