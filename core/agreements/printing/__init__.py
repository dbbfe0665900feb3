"""From the content of an agreement to the text that people read, on a page and as PDF."""
