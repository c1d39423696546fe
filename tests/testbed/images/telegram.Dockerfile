# The local Telegram on the servers' network; its context is the folder `emulators`, which no other image may hold.
ARG BASE
FROM python:3.13-slim AS client
RUN pip install --quiet --target /client httpx2
FROM ${BASE}
COPY --from=client /client /client
COPY . /emulator/emulators
COPY --from=roots . /roots
ENV PYTHONPATH=/emulator:/app:/client
USER root
RUN for bundle in "$(python -m certifi)" /etc/ssl/certs/ca-certificates.crt; do cat /roots/root.pem >>"$bundle"; done
USER appuser
ENTRYPOINT ["python", "-m", "emulators.telegram", "--host", "0.0.0.0", "--port", "8081"]
