"""The tenant's own layout for Word: its fonts, headings, header, footer and margins."""
