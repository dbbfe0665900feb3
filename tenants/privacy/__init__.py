"""Pages of the data-protection officer: who, what is kept, handing out, erasing, periods, the record."""
