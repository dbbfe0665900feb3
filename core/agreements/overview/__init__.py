"""Finding an agreement again, and reading it with all that belongs to it."""
