"""Coming in: the password, the second factor, a passkey, and showing again who one is."""
