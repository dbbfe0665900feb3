"""Standing in for a colleague: as the deputy of somebody who is away, or for an hour on their behalf."""
