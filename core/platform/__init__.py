"""Pages of those who run the product: tenants and their state, plugins, jobs. Apart from every tenant."""
