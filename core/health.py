"""Two questions for whoever runs the product: is the process alive, and is everything there to serve."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from core.documents.seals.certificate import seal_certificate
from core.kernel import clock
from core.kernel.database import db
from core.kernel.migrations import behind
from core.lineages import all_lineages

WORKER_SEEN_WITHIN = timedelta(seconds=60)

health = Blueprint("health", __name__)


def init_health(app: Flask) -> None:
    """Answer at /health/live and /health/ready."""
    app.register_blueprint(health)


@health.get("/health/live")
def live() -> Any:
    """The process answers."""
    return jsonify(alive=True)


@health.get("/health/ready")
def ready() -> Any:
    """Database, migrations and worker: 200 when all are there, 503 with what is missing; and what seals."""
    missing = _missing()
    return jsonify(ready=not missing, missing=missing, seal=_seal()), 503 if missing else 200


def _seal() -> str:
    certificate = seal_certificate()
    if certificate is None:
        return "none"
    return "development" if certificate.is_development else "certificate"


def _missing() -> list[str]:
    try:
        seen = db.session.scalar(text("SELECT max(last_heartbeat) FROM procrastinate_workers"))
        late = behind(current_app.config["SQLALCHEMY_DATABASE_URI"], all_lineages())
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        return ["database"]
    missing = [f"migrations of {name}" for name in late]
    if seen is None or clock.now() - seen > WORKER_SEEN_WITHIN:
        missing.append("worker")
    return missing
