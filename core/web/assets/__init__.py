"""Browser assets from npm: what is fetched by lock file and copied to ``core/web/static/vendor``."""
