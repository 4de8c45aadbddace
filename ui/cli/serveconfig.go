package cli

import (
	"cmp"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// serveSection is the section [serve] of the configuration.
type serveSection struct {
	LogLevel      logLevel `toml:"log_level" usual:"\"info\""`     // "info" by default
	ChangesPerDay *int     `toml:"changes_per_day" usual:"100000"` // of one token, since the server was started, at most a day ago; httpapi.DefaultChangesPerDay by default
	// Metrics is where Prometheus is answered; nowhere by default.
	Metrics metricsAddress `toml:"metrics"`
	// Proxies before the server, whose word on the address of a caller counts.
	TrustedProxies proxyRanges `toml:"trusted_proxies"`
	ProxyHeader    proxyHeader `toml:"proxy_header" usual:"\"x-forwarded-for\""`
}

// maxChangesPerDay bounds changes_per_day, against typing errors. It is more than a
// disk writes.
const maxChangesPerDay = 1_000_000_000

// changesPerDay returns the limit as httpapi.ServerOptions have it.
func (s serveSection) changesPerDay() (int, error) {
	if s.ChangesPerDay == nil {
		return 0, nil
	}
	n := *s.ChangesPerDay
	if n < 0 || n > maxChangesPerDay {
		return 0, exit.Usage("serve.changes_per_day is %d; write how many changes a token may make in a day, up to %d, or 0 for no limit.", n, maxChangesPerDay)
	}
	return cmp.Or(n, -1), nil
}
