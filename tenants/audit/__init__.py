"""The log of a tenant: for whoever watches over its data, and for each person what is logged about them."""
