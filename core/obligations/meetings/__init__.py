"""How promised meetings are held: planned, called, recorded, and what they decided."""
