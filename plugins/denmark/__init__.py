"""Denmark itself: its tenant kinds, official places, CVR numbers and public holidays."""
