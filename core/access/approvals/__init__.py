"""Acts that two people decide: one asks with a reason, another one approves, and then it happens."""
