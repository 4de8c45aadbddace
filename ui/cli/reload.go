package cli

import (
	"os"
	"os/signal"
	"syscall"

	"github.com/account-settings/pinghome/ui/terminal"
)

// catchHangups begins to receive SIGHUP, which ends no server. Where the process was
// started to ignore it, as by nohup, it stays ignored.
func catchHangups() chan os.Signal {
	received := make(chan os.Signal, 1)
	if !terminal.KeepsIgnored(syscall.SIGHUP) {
		signal.Notify(received, syscall.SIGHUP)
	}
	return received
}

// reloadOnHangup reads what can be read again at every SIGHUP. The function that it
// returns ends that.
func (s *serveFlags) reloadOnHangup() (stop func()) {
	go func() {
		for range s.hangups {
			s.reload()
		}
	}()
	return func() {
		signal.Stop(s.hangups)
		close(s.hangups)
	}
}

// reload reads the certificate again, and the level of the log. The rest of the
// configuration is read at the start only.
func (s *serveFlags) reload() {
	if s.certificate != nil {
		s.certificate.reload()
	}
	if s.logLevelName("") != "" || !exists(s.configPath) && !s.wasConfigured {
		if s.certificate == nil {
			s.log.Info("there is nothing to read again: there is no certificate, and the log level is not from the configuration")
		}
		return
	}
	c, err := readConfig(s.configPath, s.wasConfigured) // one that was removed is told of
	if err == nil {
		s.wasConfigured = true
		err = s.setLogLevel(c.Serve.LogLevel)
	}
	if err != nil {
		s.log.Error("the configuration could not be read again; the last log level stays", "error", err.Error())
		return
	}
	s.log.Info("the log level of the configuration was read again", "log_level", s.level.Level().String())
}
