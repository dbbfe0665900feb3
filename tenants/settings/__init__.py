"""What an administrator decides about the tenant: logo, language, words, modules."""
