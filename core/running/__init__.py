"""From a clone to a running product on one machine: set-up, supervisor, tests and checks.

What runs before the virtual environment is there (``verbs`` and what it imports) uses the standard library
alone.
"""
