"""Local practice: what an organisation decides where the law leaves a choice."""
