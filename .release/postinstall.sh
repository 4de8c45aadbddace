#!/bin/sh
# Makes the user of the service, and starts it. Debian passes "configure" and the version before,
# RPM the number of versions that are installed then.
set -e
if ! getent passwd pinghome >/dev/null; then
	if command -v systemd-sysusers >/dev/null; then
		systemd-sysusers /usr/lib/sysusers.d/pinghome.conf
	else
		useradd --system --home-dir /var/lib/pinghome --shell /usr/sbin/nologin --comment "PingHome account settings" pinghome
	fi
fi
install -d -m 0700 -o pinghome -g pinghome /var/lib/pinghome
chown root:pinghome /etc/pinghome /etc/pinghome/config.toml
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
	case "$1:$2" in
	configure: | 1:*) systemctl enable --now pinghome.service ;;
	*) systemctl try-restart pinghome.service ;;
	esac
fi
