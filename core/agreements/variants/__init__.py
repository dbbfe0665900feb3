"""A tenant's own variants of agreement types: copied, edited in the browser, published, retired."""
