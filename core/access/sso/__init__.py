"""Single sign-on: a tenant's own identity provider says who somebody is, by OpenID Connect."""
