"""People outside the organisation: participants and contacts, who may see them, and how they come in."""
