"""What happens to an agreement in force: it is extended, shortened, paused, ended and renewed."""
