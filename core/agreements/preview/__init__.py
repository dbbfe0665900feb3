"""How a draft will look as a PDF, while it is written."""
