"""Plugins: what they are called, which hooks there are, and one typed façade in front of pluggy."""
