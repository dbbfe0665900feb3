"""Moving a colleague's work to another, with a reason."""
