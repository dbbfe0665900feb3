"""What access keeps about people: accounts, memberships, identities and invitations."""
