# A real image registry, open to whoever reaches it: it is only on loopback and on the testbed's network.
ARG BASE
FROM ${BASE}
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends docker-registry curl >/dev/null
COPY registry.yml /etc/registry.yml
VOLUME /var/lib/docker-registry
EXPOSE 5000
CMD ["docker-registry", "serve", "/etc/registry.yml"]
