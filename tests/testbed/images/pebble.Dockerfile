# Let's Encrypt's own ACME test server; a session puts its certificate into /certs. It validates on port 80.
ARG BASE
FROM ${BASE}
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends pebble >/dev/null && mkdir /certs
COPY pebble.json /etc/pebble.json
ENV PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=0
EXPOSE 14000 15000
CMD ["pebble", "-config", "/etc/pebble.json"]
