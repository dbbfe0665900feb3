"""What somebody decides about their own account: password, e-mail address, where they are signed in."""
