//go:build unix

package cli

import (
	"bufio"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// serveMetered starts a server with metrics, and returns the addresses of its API and its metrics.
func (h home) serveMetered(args ...string) (address, metricsAt string, server *exec.Cmd) {
	h.t.Helper()
	server = h.command(append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	out, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = server.Process.Kill() })
	lines := bufio.NewReader(out)
	address = h.lineAfter(lines, "pinghome: listening on ")
	return address, h.lineAfter(lines, "pinghome: metrics on "), server
}

func (h home) lineAfter(from *bufio.Reader, prefix string) string {
	h.t.Helper()
	line, err := from.ReadString('\n')
	value, isIt := strings.CutPrefix(strings.TrimSpace(line), prefix)
	if err != nil || !isIt {
		h.t.Fatalf("the server said %q, %v", line, err)
	}
	return value
}

// scrape returns the metrics at an address.
func scrape(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != 200 {
		t.Fatalf("answered %s, %v", response.Status, err)
	}
	return string(said)
}

// TestAServerThatIsWatched tells numbers, and nothing of who is served.
func TestAServerThatIsWatched(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
	h.writeFile("config.toml", "[serve]\nmetrics = \"127.0.0.1:0\"\n")
	address, metricsAt, _ := h.serveMetered("--config", "config.toml")
	send(t, "GET", address+"/v1/customer", token, "")
	send(t, "GET", address+"/v1/customer", "ph_nonsense", "")
	send(t, "GET", address+"/byron/hidden", token, "")
	send(t, "PATCH", address+"/v1/customer", token, `{"name": "Augusta"}`)
	send(t, "PUT", address+"/v1/customer/username", token, `{"email": "countess@lovelace.example"}`)
	send(t, "PATCH", address+"/v1/customer/username", token, `{"code": "000000"}`)
	said := scrape(t, metricsAt)
	for _, line := range []string{
		`pinghome_http_requests_total{code="200",operation="getOwnCustomer"} 1`, `pinghome_http_requests_total{code="401",operation="getOwnCustomer"} 1`,
		`pinghome_http_requests_total{code="404",operation="other"} 1`, `pinghome_http_requests_total{code="200",operation="updateUsername"} 1`,
		`pinghome_codes_sent_total{type="email"} 1`, `pinghome_codes_entered_total{outcome="wrong"} 1`, `pinghome_delivery_attempts_total{outcome="held",type="email"} 1`,
		`pinghome_outbox_messages{state="due",type="email"} 0`, `pinghome_locked_accounts 0`, `pinghome_database_up 1`, `pinghome_ready 1`,
		`pinghome_database_connections_max 4`, `pinghome_delivery_workers 96`,
	} {
		if !strings.Contains(said, "\n"+line+"\n") {
			t.Errorf("it does not say %s", line)
		}
	}
	if !regexp.MustCompile(`\npinghome_backup_newest_timestamp_seconds [1-9]`).MatchString(said) {
		t.Error("it does not say when the backup of the day was made")
	}
	for _, pattern := range []string{"(?i)augusta|byron|lovelace|countess|hidden", regexp.QuoteMeta(token), "ph_", regexp.QuoteMeta(h.dir), "127\\.0\\.0\\.1", "[0-9a-f]{8}-[0-9a-f]{4}-"} {
		if found := regexp.MustCompile(pattern).FindString(said); found != "" {
			t.Errorf("it says %q", found)
		}
	}
}

// TestMetricsWithout: no listener is opened where none is named.
func TestMetricsWithout(t *testing.T) {
	h := home{t, t.TempDir()}
	address, _ := h.serve("--listen", "127.0.0.1:0", "--create")
	if status, _ := send(t, "GET", address+"/metrics", "", ""); status != 404 {
		t.Errorf("the API answered /metrics with %d", status)
	}
}

func TestWhereMetricsAreRefused(t *testing.T) {
	h := home{t, t.TempDir()}
	taken, _ := h.serve("--listen", "127.0.0.1:0", "--create")
	at := func(url string) string { return strings.TrimPrefix(url, "http://") }
	for name, c := range map[string]struct {
		config string
		args   []string
		code   int
		says   string
	}{
		"other machines":           {"", []string{"--metrics", "0.0.0.0:0"}, 2, "Without TLS the metrics are read on this machine only, not at 0.0.0.0:0"},
		"all addresses":            {"", []string{"--metrics", ":9642"}, 2, "Without TLS the metrics are read on this machine only"},
		"no port":                  {"", []string{"--metrics", "127.0.0.1"}, 2, `--metrics is "127.0.0.1"; write an address and a port`},
		"a word":                   {"", []string{"--metrics", "on"}, 2, "write an address and a port"},
		"a port that there is not": {"", []string{"--metrics", "127.0.0.1:99999"}, 2, `--metrics is "127.0.0.1:99999"; write an address and a port`},
		"both ports in use":        {"", []string{"--listen", at(taken), "--metrics", at(taken)}, 1, "with --listen.\npinghome: Something listens on " + at(taken) + " already; end it, or choose another with --metrics."},
		"a port in use":            {"", []string{"--metrics", at(taken)}, 1, "choose another with --metrics"},
		"in the configuration":     {"[serve]\nmetrics = \"9642\"\n", nil, 2, `config.toml: row 2, column 11: serve.metrics is "9642"; write an address and a port`},
		"a number":                 {"[serve]\nmetrics = 9642\n", nil, 2, "serve.metrics takes text in quotes"},
		"configured and open":      {"[serve]\nmetrics = \"0.0.0.0:9642\"\n", nil, 2, "not at 0.0.0.0:9642"},
	} {
		t.Run(name, func(t *testing.T) {
			h.writeFile("config.toml", c.config)
			if !slices.Contains(c.args, "--listen") {
				c.args = append(c.args, "--listen", "127.0.0.1:0")
			}
			command := h.command(append([]string{"serve", "--config", "config.toml"}, c.args...)...)
			said, err := command.CombinedOutput()
			if err == nil || command.ProcessState.ExitCode() != c.code || !strings.Contains(string(said), c.says) {
				t.Errorf("it said %s (%v)", said, err)
			}
		})
	}
}

// TestMetricsForOtherMachines need TLS or a word that they do not, as the API does.
func TestMetricsForOtherMachines(t *testing.T) {
	h := home{t, t.TempDir()}
	h.createAccount()
	h.writeCertificate("first")
	_, metricsAt, _ := h.serveMetered("--metrics", "0.0.0.0:0", "--insecure-http")
	scrape(t, strings.Replace(metricsAt, "0.0.0.0", "127.0.0.1", 1))
	_, metricsAt, _ = h.serveMetered("--metrics", "0.0.0.0:0", "--tls-cert", "cert.pem", "--tls-key", "key.pem")
	if name := certificateName(t, metricsAt[:strings.LastIndex(metricsAt, "/")]); name != "first" {
		t.Errorf("the certificate of %s is %q", metricsAt, name)
	}
	_, metricsAt, _ = h.serveMetered("--metrics", "127.0.0.1:0", "--tls-cert", "cert.pem", "--tls-key", "key.pem")
	scrape(t, metricsAt)
}
