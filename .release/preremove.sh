#!/bin/sh
# Stops the service where the package goes, and not where another version follows.
set -e
case "$1" in
remove | 0)
	if [ -d /run/systemd/system ]; then
		systemctl disable --now pinghome.service
	fi
	;;
esac
