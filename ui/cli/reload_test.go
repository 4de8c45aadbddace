//go:build unix

package cli

import (
	"net/http"
	"strings"
	"syscall"
	"testing"
)

// TestAHangupEndsNoServer, with a certificate or without: what can be read again is.
func TestAHangupEndsNoServer(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"with a log level in the configuration": {[]string{"--config", "config.toml"}, "the log level of the configuration was read again"},
		"without a configuration":               {nil, "there is nothing to read again"},
		"with nothing to read again":            {[]string{"--log-level", "info"}, "there is nothing to read again"},
	} {
		t.Run(name, func(t *testing.T) {
			h := home{t, t.TempDir()}
			token := h.createAccount()
			if strings.HasSuffix(name, "in the configuration") {
				h.writeFile("config.toml", "[serve]\nlog_level = \"info\"\n")
			}
			logged := new(logBuffer)
			address, server := h.serveLogging(logged, append([]string{"--listen", "127.0.0.1:0"}, c.args...)...)
			for range 2 {
				server.Process.Signal(syscall.SIGHUP)
				if status, err := askProfile(http.DefaultClient, address, token); status != 200 {
					t.Fatalf("answered %d, %v", status, err)
				}
			}
			if !becomesTrue(func() bool { return strings.Contains(logged.String(), c.says) }) {
				t.Errorf("it logged %s", logged)
			}
			server.Process.Signal(syscall.SIGTERM)
			if state, _ := server.Process.Wait(); state.ExitCode() != 128+int(syscall.SIGTERM) {
				t.Errorf("the server ended with %v", state)
			}
		})
	}
}

// TestTheLogLevel is that of the flag, else of the variable, else of the configuration,
// which is read again.
func TestTheLogLevel(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
	h.writeFile("config.toml", "[serve]\nlog_level = \"error\"\n")
	logged := new(logBuffer)
	address, server := h.serveLogging(logged, "--listen", "127.0.0.1:0", "--config", "config.toml")
	ask := func() {
		t.Helper()
		if status, err := askProfile(http.DefaultClient, address, token); status != 200 {
			t.Fatalf("answered %d, %v", status, err)
		}
	}
	ask()
	h.writeFile("config.toml", "[serve]\nlog_level = \"debug\"\n")
	server.Process.Signal(syscall.SIGHUP)
	if !becomesTrue(func() bool { return strings.Contains(logged.String(), `"log_level":"DEBUG"`) }) {
		t.Fatalf("it logged %s", logged)
	}
	if strings.Contains(logged.String(), `"msg":"request"`) {
		t.Errorf("at the level error it logged %s", logged)
	}
	ask()
	if !becomesTrue(func() bool { return strings.Contains(logged.String(), `"msg":"request"`) }) {
		t.Errorf("it logged %s", logged)
	}
}

func TestWhichLogLevelCounts(t *testing.T) {
	for _, c := range []struct {
		flag, variable string
		configured     logLevel
		want           string
	}{
		{"", "", "", "INFO"}, {"", "", "warn", "WARN"}, {"", "debug", "warn", "DEBUG"}, {"ERROR", "debug", "warn", "ERROR"},
	} {
		t.Setenv(levelVariable, c.variable)
		s := serveFlags{logLevel: c.flag}
		if err := s.setLogLevel(c.configured); err != nil || s.level.Level().String() != c.want {
			t.Errorf("%+v: %s, %v", c, s.level.Level(), err)
		}
	}
}

// TestTheLogIsSafeToRead: a text of others in it, here of a file's name, cannot turn the
// direction of what a terminal shows.
func TestTheLogIsSafeToRead(t *testing.T) {
	h := home{t, t.TempDir()}
	logged := new(logBuffer)
	_, server := h.serveLogging(logged, "--listen", "127.0.0.1:0", "--create", "--log-level", "debug", "--db", "a\u202ebd.db")
	server.Process.Signal(syscall.SIGTERM)
	server.Wait()
	if text := logged.String(); !strings.Contains(text, `a\u202ebd.db`) || strings.Contains(text, "\u202e") {
		t.Errorf("it logged %s", text)
	}
}
