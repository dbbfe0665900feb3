"""The contacts of an agreement in force: who they are today, confirmed when, and who stands in."""
