#!/bin/bash
# Plays init: host keys, sshd, and the Docker engine as soon as one is installed, again whenever it ends.
set -u
ssh-keygen -A >/dev/null
mkdir -p /run/sshd /home/deploy/.ssh
[ -n "${AUTHORIZED_KEY:-}" ] && echo "$AUTHORIZED_KEY" >/home/deploy/.ssh/authorized_keys
chown -R deploy:deploy /home/deploy/.ssh && chmod 700 /home/deploy/.ssh
/usr/sbin/sshd
trap 'exit 0' TERM INT
while :; do
    if command -v dockerd >/dev/null && ! pgrep -x dockerd >/dev/null; then
        rm -f /var/run/docker.pid
        dockerd --insecure-registry registry.test:5000 >>/var/log/dockerd.log 2>&1 &
    fi
    sleep 1 & wait $!
done
