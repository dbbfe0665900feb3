"""A kit for tests: of the product itself and of plugins by others."""
