"""The rule explorer: a question in an address, and its answer. Nothing about a person is stored."""
