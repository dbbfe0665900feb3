"""The public page where the holder of a sealed PDF learns whether it is intact and still the newest."""
