"""Calendar feeds: the promises that a member may see, for a calendar program that cannot sign in."""
