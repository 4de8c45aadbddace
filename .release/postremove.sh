#!/bin/sh
# Only a purge removes accounts and configuration. RPM has no purge: there they stay.
set -e
if [ "$1" = purge ]; then
	rm -rf /var/lib/pinghome /etc/pinghome
	if getent passwd pinghome >/dev/null; then
		userdel pinghome
	fi
	deb-systemd-helper purge pinghome.service >/dev/null
fi
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
fi
