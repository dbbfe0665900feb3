"""Reports of a period: written from what is known, sent to the other parties, then never changed."""
