"""What tenants do for themselves and among themselves: sign-up, settings, people, home."""
