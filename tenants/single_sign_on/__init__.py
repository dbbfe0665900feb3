"""The settings of an organisation's own sign-in."""
