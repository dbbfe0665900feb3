"""The audit as people read it: what happened to a thing, who has looked, and what is logged about me."""
