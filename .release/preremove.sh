#!/bin/sh
# Stops the service where the package goes, and not where another version follows.
set -e
if [ -d /run/systemd/system ]; then
	case "$1" in
	remove) deb-systemd-invoke stop pinghome.service ;; # it stays switched on for the next installation
	0) systemctl disable --now pinghome.service ;;
	esac
fi
