"""The law as we read it: a page for each rule set, made from what is declared."""
