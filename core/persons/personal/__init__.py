"""What is kept about people outside the organisation, and how it is handed out and erased."""
