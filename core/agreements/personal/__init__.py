"""What agreements keep about people: declared, handed out, anonymised once it is no evidence."""
