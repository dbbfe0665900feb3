"""Norway itself: its tenant kinds, official places, organisation numbers and public holidays."""
