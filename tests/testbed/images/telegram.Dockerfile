# The local Telegram on the servers' network; its context is the folder `emulators`, which no other image may hold.
ARG BASE
FROM python:3.13-slim AS client
RUN pip install --quiet --target /client httpx2
FROM ${BASE}
COPY --from=client /client /client
COPY . /emulator/emulators
COPY --from=roots . /roots
ENV PYTHONPATH=/emulator:/app:/client SSL_CERT_FILE=/roots/root.pem
ENTRYPOINT ["python", "-m", "emulators.telegram", "--host", "0.0.0.0", "--port", "8081"]
