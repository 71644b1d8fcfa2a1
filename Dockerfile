# The image of the service and of its worker. It runs as a number, not as root, and writes nothing to its own disk.
ARG PYTHON=3.13-slim

FROM python:${PYTHON} AS packages
COPY requirements/app.txt /tmp/app.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --no-deps --only-binary=:all: --requirement /tmp/app.txt \
    && /opt/venv/bin/pip uninstall --yes pip

FROM python:${PYTHON}
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /opt/yian
COPY --from=packages /opt/venv /opt/venv
COPY LICENSE alembic.ini ./
COPY alembic alembic
COPY app app
COPY openapi/v1.json openapi/v1.json
RUN python -m compileall -q app alembic \
    && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/yian/files
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/livez', timeout=2)"]
ENTRYPOINT ["python", "-m", "app.cli"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
