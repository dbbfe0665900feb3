"""Security and caching headers of every answer. No page needs an inline script or style."""

from typing import Final

from flask import Flask
from flask.wrappers import Response

from core.web.hooks import current_hooks

POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
SECURITY: Final = {
    "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # The token check over https compares the referrer, so our own pages must still send it to themselves.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
TRANSPORT: Final = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    """Set the headers on every answer, error pages included."""
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    response.headers.update(SECURITY)
    if current_hooks().production:
        response.headers["Strict-Transport-Security"] = TRANSPORT
    cache = response.cache_control
    if not cache.public and not cache.private:
        response.headers["Cache-Control"] = "no-store"
    if not cache.public:
        response.vary.update(("HX-Request", "Cookie", "Accept-Language"))
    return response
