"""The verbs and pages of comments and suggestions."""
