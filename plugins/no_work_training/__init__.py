"""The Norwegian intention agreement with an employer about work training."""
