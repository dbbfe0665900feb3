"""What is kept about people: declared, handed out, erased with a certificate, let go in time."""
