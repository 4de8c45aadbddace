package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// openConfig makes the senders of a configuration, beside which the files "secret"
// (private) and "open" (readable by all) lie.
func openConfig(t *testing.T, text string) (senders, error) {
	t.Helper()
	dir := t.TempDir()
	for name, mode := range map[string]os.FileMode{"secret": 0o600, "open": 0o644} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(" s3cret\n"), mode); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := readConfig(path, true)
	if err != nil {
		return senders{}, err
	}
	s, err := c.openSenders()
	t.Cleanup(s.close)
	return s, err
}

const (
	mailSection = "[delivery.email]\nhost = \"mail.example.org\"\nfrom = \"PingHome <no-reply@example.org>\"\n"
	smsSetting  = "[delivery.sms]\ngateway = \"twilio\"\nurl = \"https://api.twilio.com\"\naccount = \"AC1\"\nfrom = \"+15550100\"\n"
)

func TestTheConfigurationSaysWhichTypesAreSent(t *testing.T) {
	t.Setenv("PINGHOME_TEST_SECRET", "s3cret")
	email, sms, webhook, push := backend.TypeEmail, backend.TypeSMS, backend.TypeWebhook, backend.TypePush
	for name, c := range map[string]struct {
		text    string
		carries []backend.ChannelType
		age     time.Duration
	}{
		"nothing":      {"", nil, 0},
		"a server":     {"[context.work]\nserver = \"https://a.example\"\n", nil, 0},
		"proofs":       {"[delivery]\nproof_days = 30\n", nil, 30 * 24 * time.Hour},
		"not enabled":  {"[delivery.webhook]\n[delivery.push]\nenabled = false\n", nil, 0},
		"mail":         {mailSection, []backend.ChannelType{email}, 0},
		"mail, signed": {mailSection + "port = 2525\nsecurity = \"tls\"\nusername = \"ada\"\npassword_file = \"secret\"\n", []backend.ChannelType{email}, 0},
		"SMS":          {smsSetting + "secret_env = \"PINGHOME_TEST_SECRET\"\n", []backend.ChannelType{sms}, 0},
		"all": {"[delivery]\nproof_days = 1\n" + mailSection + smsSetting + "secret_file = \"secret\"\n" +
			"[delivery.webhook]\nenabled = true\nallow = [\"127.0.0.0/8\"]\nallow_http = true\n[delivery.push]\nenabled = true\nallow = []\nallow_http = false\n",
			[]backend.ChannelType{email, sms, webhook, push}, 24 * time.Hour},
	} {
		s, err := openConfig(t, c.text)
		if err != nil || s.proofAge != c.age {
			t.Errorf("%s: %v, %v", name, s.proofAge, err)
			continue
		}
		for _, by := range backend.ChannelTypes {
			carried := false
			for _, t := range c.carries {
				carried = carried || t == by
			}
			if s.router.HasSender(by) != carried {
				t.Errorf("%s: %s: %v", name, by, !carried)
			}
		}
	}
}

func TestAnErrorNamesTheKeyInTheConfiguration(t *testing.T) {
	for text, fault := range map[string]string{
		"[delivery.emial]\n":                                                                         `row 1, column 11: there is no setting "delivery.emial". Did you mean "email"?`,
		mailSection + "pasword_file = \"x\"\n":                                                       `row 4, column 1: there is no setting "delivery.email.pasword_file". Did you mean "password_file"?`,
		mailSection + "password = \"s3cret\"\n":                                                      `there is no setting "delivery.email.password". Did you mean "password_file"?`,
		mailSection + "colour = 1\n":                                                                 `there is no setting "delivery.email.colour".`,
		mailSection + "port = \"25\"\n":                                                              "row 4, column 8: delivery.email.port takes a whole number, without quotes.",
		"[delivery.push]\nenabled = \"yes\"\n":                                                       "row 2, column 11: delivery.push.enabled takes true or false, without quotes.",
		"[delivery.webhook]\nallow = \"10.0.0.0/8\"\n":                                               `row 2, column 9: delivery.webhook.allow takes a list of texts, such as ["first", "second"].`,
		"[delivery]\nemail = 5\n":                                                                    "delivery.email takes settings of its own; write [delivery.email] on a line",
		"[delivery]\nproof_days = 0\n":                                                               "delivery.proof_days is 0; write a number of days from 1 to 3650, such as 90.",
		"[delivery]\nproof_days = 90000\n":                                                           "delivery.proof_days is 90000",
		mailSection + "port = 0\n":                                                                   "delivery.email.port is 0; write a number from 1 to 65535, such as 587, or leave it out.",
		mailSection + "port = 70000\n":                                                               "delivery.email.port is 70000; write a number",
		mailSection + "security = \"ssl\"\n":                                                         `delivery.email.security is "ssl"; write "tls", "starttls" or "none".`,
		mailSection + "security = \"none\"\n":                                                        "for a server on this machine only",
		mailSection + "username = \"ada\"\n":                                                         "delivery.email.password_file or password_env is missing",
		"[delivery.email]\nhost = \"mail.example.org\"\n":                                            "delivery.email.from is \"\"; write an address",
		strings.Replace(mailSection, "mail.", "mail..", 1):                                           `delivery.email.host is "mail..example.org"; write the name of the mail server alone`,
		strings.Replace(mailSection, "mail.example.org", "127.1", 1):                                 `delivery.email.host is "127.1"; write the name`,
		strings.Replace(mailSection, "mail.example.org", "", 1):                                      `delivery.email.host is ""; write the name`,
		strings.Replace(mailSection, "mail.example.org", "mail.example.org:587", 1):                  `delivery.email.host is "mail.example.org:587"; write the name`,
		strings.Replace(mailSection, "mail.example.org", "a.localhost", 1) + "security = \"none\"\n": "for a server on this machine only",
		strings.Replace(smsSetting, "https://api.twilio.com", "http://127.1", 1) + "secret_file = \"secret\"\n": "delivery.sms.url cannot be used. Write the host as a name",
		strings.Replace(smsSetting, "api.twilio.com", "h..example", 1) + "secret_file = \"secret\"\n":           "delivery.sms.url cannot be used. The host of this address is not a name",
		strings.Replace(smsSetting, "api.twilio.com", "h.example:99999", 1) + "secret_file = \"secret\"\n":      "delivery.sms.url cannot be used. A port is a number from 1 to 65535",
		"[delivery.email]\nhost = \"mail.example.org\"\nfrom = \"a@127.0.0.1\"\n":                               "delivery.email.from is \"a@127.0.0.1\". The part after the @ is not a domain, such as example.org: it ends in a number.",
		"[delivery.email]\nhost = \"mail.example.org\"\nfrom = \"P <a@exa_mple.org>\"\n":                        "delivery.email.from is \"P <a@exa_mple.org>\". A domain cannot have \"_\" in it.",
		"[delivery.email]\nhost = \"mail.example.org\"\nfrom = \"P\u202e <a@example.org>\"\n":                   "delivery.email.from has an invisible sign, U+202E in its name; leave it out.",
		mailSection + "username = \"ada\"\npassword_file = \"secret\"\npassword_env = \"X\"\n":                  "delivery.email.password_file and delivery.email.password_env are both given",
		mailSection + "username = \"ada\"\npassword_file = \"open\"\n":                                          "open can be read by others; run chmod 600 on it.",
		mailSection + "username = \"ada\"\npassword_file = \"none\"\n":                                          "none cannot be read",
		mailSection + "username = \"ada\"\npassword_env = \"PINGHOME_TEST_UNSET\"\n":                            "delivery.email.password_env names the variable PINGHOME_TEST_UNSET, which is not set",
		mailSection + "helo = \"vm\"\n": `delivery.email.helo is "vm"; write the full name of this machine, such as app.example.org,`,
		smsSetting:                      "delivery.sms.secret_file or secret_env is missing",
		strings.Replace(smsSetting, "twilio", "carrier", 1) + "secret_file = \"secret\"\n": `delivery.sms.gateway is "carrier"; write "twilio" or "kannel".`,
		strings.Replace(smsSetting, "https", "http", 1) + "secret_file = \"secret\"\n":     "delivery.sms.url must start with https://",
		"[delivery.webhook]\nenabled = true\nallow = [\"10.0.0.0/99\"]\n":                  `delivery.webhook.allow has "10.0.0.0/99", which is no range of addresses`,
	} {
		_, err := openConfig(t, text)
		switch {
		case err == nil || !strings.Contains(err.Error(), fault):
			t.Errorf("%q: %v, want %q", text, err, fault)
		case !strings.Contains(err.Error(), "config.toml") || strings.Contains(err.Error(), "s3cret"):
			t.Errorf("%q: %v", text, err)
		case exitCode(t, err) != exit.CodeUsage:
			t.Errorf("%q: exit code %d", text, exitCode(t, err))
		}
	}
}

// TestSpellingsOfThisMachine: a mail server and a gateway on it need no encryption
// (RFC 4343, RFC 6761).
func TestSpellingsOfThisMachine(t *testing.T) {
	for _, host := range []string{"localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.8.9.10", "::1", "[::1]", "::ffff:127.0.0.1"} {
		if _, err := openConfig(t, strings.Replace(mailSection, "mail.example.org", host, 1)+"security = \"none\"\n"); err != nil {
			t.Errorf("a mail server on %s: %v", host, err)
		}
	}
	for _, host := range []string{"localhost", "LOCALHOST", "localhost.", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"} {
		if _, err := openConfig(t, strings.Replace(smsSetting, "https://api.twilio.com", "http://"+host+":13013", 1)+"secret_file = \"secret\"\n"); err != nil {
			t.Errorf("a gateway on %s: %v", host, err)
		}
	}
}

// A secret is the whole line of a file, or the whole variable, spaces included.
func TestSpacesBelongToASecret(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte(" s3 cret \r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "several"), []byte("s3cret\nand more\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := findSecret("delivery.email.password", dir, "several", ""); err == nil || !strings.Contains(err.Error(), "has several lines") || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("from several lines: %v", err)
	}
	t.Setenv("PINGHOME_TEST_SECRET", " s3 cret ")
	fromFile, err := findSecret("delivery.email.password", dir, "secret", "")
	if err != nil || string(fromFile) != " s3 cret " {
		t.Errorf("from the file: %q, %v", string(fromFile), err)
	}
	fromVariable, err := findSecret("delivery.email.password", dir, "", "PINGHOME_TEST_SECRET")
	if err != nil || fromVariable != fromFile {
		t.Errorf("from the variable: %q, %v", string(fromVariable), err)
	}
}

// --read-only reads no secret, which may belong to another user.
func TestReadOnlySendsNothing(t *testing.T) {
	missing := "none"
	d := deliverySection{SMS: &smsSection{Gateway: "twilio", SecretFile: missing}}
	if s, err := d.open("", true); err != nil || s.router != nil {
		t.Errorf("%+v, %v", s, err)
	}
}

// documented are the parts of the configuration that are shown to users.
func documented(t *testing.T) (parts []string) {
	t.Helper()
	for _, file := range []string{"README.md", ".github/CONFIGURATION.md"} {
		text, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split(string(text), "```toml\n")[1:] {
			part, _, _ := strings.Cut(block, "```")
			parts = append(parts, part)
		}
	}
	return parts
}

func TestTheConfigurationThatIsDocumentedHasNoFault(t *testing.T) {
	for _, text := range documented(t) {
		if c := consoleOf(t, &options{}, text); len(c.faults) > 0 {
			t.Errorf("%s: %q", text, c.sentences())
		}
	}
}

func TestTheSendersThatAreDocumentedWork(t *testing.T) {
	for _, text := range documented(t) {
		if !strings.Contains(text, "[delivery.sms]") {
			continue
		}
		dir := t.TempDir()
		home{t, dir}.writeFile("mail.password", "s3cret")
		home{t, dir}.writeFile("sms.secret", "s3cret")
		home{t, dir}.writeFile("config.toml", text)
		c, err := readConfig(filepath.Join(dir, "config.toml"), true)
		if err != nil {
			t.Fatal(err)
		}
		s, err := c.openSenders()
		if err != nil || s.proofAge != 90*24*time.Hour || !s.router.HasSender(backend.TypeEmail) || !s.router.HasSender(backend.TypeSMS) || !s.router.HasSender(backend.TypeWebhook) {
			t.Errorf("%+v, %v", s, err)
		}
		return
	}
	t.Error("no senders are documented")
}
