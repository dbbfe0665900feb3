"""The Danish partnership agreement between a jobcentre and a company."""
