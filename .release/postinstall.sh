#!/bin/sh
# Makes the user of the service, and starts it. Debian passes "configure" and the version before, which it
# knows after a removal, too; RPM the number of versions that are installed then.
set -e
if ! getent passwd pinghome >/dev/null; then
	if command -v systemd-sysusers >/dev/null; then
		systemd-sysusers /usr/lib/sysusers.d/pinghome.conf
	else
		useradd --system --home-dir /var/lib/pinghome --shell /usr/sbin/nologin --comment "PingHome account settings" pinghome
	fi
fi
install -d -m 0700 -o pinghome -g pinghome /var/lib/pinghome
case "$1:$2" in
configure: | [0-9]*) # Debian leaves them alone later, RPM gives them back to root's group at each upgrade.
	chown root:pinghome /etc/pinghome
	[ ! -e /etc/pinghome/config.toml ] || chown root:pinghome /etc/pinghome/config.toml
	;;
esac
case "$1" in
[0-9]*)
	if [ -d /run/systemd/system ]; then
		systemctl daemon-reload
		if [ "$1" = 1 ]; then
			systemctl enable --now pinghome.service
		else
			systemctl try-restart pinghome.service
		fi
	fi
	;;
*) # These know whether a site has switched it off, also before a removal, and whether it may be started now.
	if deb-systemd-helper --quiet was-enabled pinghome.service; then
		deb-systemd-helper enable pinghome.service >/dev/null
	else
		deb-systemd-helper update-state pinghome.service >/dev/null
	fi
	if [ -d /run/systemd/system ]; then
		systemctl daemon-reload
		deb-systemd-invoke restart pinghome.service >/dev/null || true # or an address in use would break the installation
	fi
	;;
esac
