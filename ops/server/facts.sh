# Prints `name=value` lines about this machine; $1 is the product's folder, $2 who deploys, if that is to be somebody else.
# Changes nothing, fails at nothing.
say() { printf '%s=%s\n' "$1" "$2"; }
yes_if() { name=$1; shift; if "$@" >/dev/null 2>&1; then say "$name" yes; else say "$name" no; fi; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

folder=$1
while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done

if [ -r /etc/os-release ]; then . /etc/os-release; fi
say system "$(uname -s)"
say distribution "${ID:-}"
say release "${VERSION_ID:-}"
say title "${PRETTY_NAME:-$(uname -sr)}"
yes_if systemd test -d /run/systemd/system
yes_if container sh -c 'test -e /.dockerenv || test -e /run/.containerenv || systemd-detect-virt -qc'

say cores "$(nproc)"
say memory_kib "$(awk '$1 == "MemTotal:" {print $2}' /proc/meminfo)"
say swap_kib "$(awk '$1 == "SwapTotal:" {print $2}' /proc/meminfo)"
say disk_kib "$(df -Pk "$folder" | awk 'NR == 2 {print $2}')"
say disk_free_kib "$(df -Pk "$folder" | awk 'NR == 2 {print $4}')"
say inodes "$(df -Pi "$folder" | awk 'NR == 2 {print $2}')"
say inodes_free "$(df -Pi "$folder" | awk 'NR == 2 {print $4}')"

say user "$(id -un)"
say groups "$(id -nG)"
say deployer_groups "$(id -nG "${2:-$(id -un)}" 2>/dev/null)"
yes_if deployer_opens as_root test -s "$(getent passwd "${2:-$(id -un)}" | cut -d: -f6)/.ssh/authorized_keys"
yes_if root as_root true
say ssh_port "$(echo "${SSH_CONNECTION:-}" | awk '{print $4}')"

for port in 80 443; do
    say "port_$port" "$(as_root ss -Hltnp "sport = :$port" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)".*/\1/p' | head -n 1)"
done

yes_if apt command -v apt-get
yes_if docker_installed command -v docker
yes_if docker_runs as_root docker info
yes_if docker_allowed docker info
say docker_group "$(stat -c %G /var/run/docker.sock 2>/dev/null)"
say docker "$( { docker version --format '{{.Server.Version}}' || as_root docker version --format '{{.Server.Version}}'; } 2>/dev/null)"
say compose "$(docker compose version --short 2>/dev/null)"

yes_if firewall_installed command -v ufw
say firewall "$(as_root ufw status 2>/dev/null | sed -n 's/^Status: //p')"
say firewall_ports "$(as_root ufw status 2>/dev/null | awk '$2 == "ALLOW" {print $1}' | sort -u | tr '\n' ' ')"

yes_if upgrades_installed command -v unattended-upgrade
say upgrades "$(apt-config dump APT::Periodic::Unattended-Upgrade 2>/dev/null | sed 's/[^0-9]//g')"
say updated "$(stat -c %Y /var/lib/apt/periodic/update-success-stamp /var/lib/apt/lists 2>/dev/null | sort -n | tail -n 1)"
yes_if reboot_required test -e /var/run/reboot-required

say folder_owner "$(stat -c %U "$1" 2>/dev/null)"
yes_if folder_writable test -w "$1"
say env_mode "$(as_root stat -c %a "$1/.env" 2>/dev/null)"
