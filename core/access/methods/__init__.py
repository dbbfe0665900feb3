"""Ways to sign in beside the password: an authenticator app, recovery codes and passkeys."""
