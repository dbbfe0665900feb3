"""The page frame: design, languages, security headers, error pages, fragments and form components."""
