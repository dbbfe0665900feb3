"""The port of signing providers: which there are, which a tenant uses, and handing a version over."""
