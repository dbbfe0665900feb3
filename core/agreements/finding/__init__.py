"""How agreements are found again: the words in them, kept beside them, and keys for Nordic order."""
