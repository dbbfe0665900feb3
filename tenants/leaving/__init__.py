"""Taking everything out, and leaving: the archive, the waiting period, and what is deleted after it."""
