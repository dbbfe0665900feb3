"""What can stop the embedded server; the sentences are meant for the person at the terminal."""


class EmbeddedError(Exception):
    """The embedded server cannot run; the message says what to do."""


class InUseError(EmbeddedError):
    """Another living process holds the server of this folder."""
