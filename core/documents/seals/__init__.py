"""Seals of the house on finished PDFs: whose certificate, how a file is sealed, how a seal is read again."""
