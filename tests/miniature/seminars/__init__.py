"""A plugin in miniature: a tenant keeps a list of seminars."""
