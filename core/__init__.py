"""The core of Fotfeste: tenancy, roles, agreements and the plugin host. It knows no country."""
