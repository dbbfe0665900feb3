"""The Norwegian cooperation agreement between municipality and Nav on the introduction programme."""
