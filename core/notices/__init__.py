"""What people are told by mail: in which words, and at once or gathered into one mail."""
