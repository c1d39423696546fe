# A fresh VPS: Debian with sshd and a login user who may sudo. `bare` has nothing else, `server` Docker and Compose, too.
ARG BASE
FROM ${BASE} AS bare
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends openssh-server sudo iptables iproute2 procps ca-certificates curl >/dev/null \
    && rm -f /etc/ssh/ssh_host_* && useradd --create-home --shell /bin/bash deploy \
    && echo 'deploy ALL=(ALL) NOPASSWD:ALL' >/etc/sudoers.d/deploy
COPY boot.sh /usr/local/sbin/boot
VOLUME /var/lib/docker
EXPOSE 22 80 443
ENTRYPOINT ["bash", "/usr/local/sbin/boot"]

FROM bare AS server
RUN apt-get install -y -qq --no-install-recommends docker.io docker-cli docker-compose docker-buildx >/dev/null \
    && usermod -aG docker deploy
