"""A draft beside the template that it was begun from."""
