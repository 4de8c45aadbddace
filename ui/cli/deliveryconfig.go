package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// deliverySection is the section [delivery] of the configuration: how messages
// are sent. Those of a channel type without a section are held in the inbox.
type deliverySection struct {
	ProofDays dayCount        `toml:"proof_days" usual:"90"`
	Email     *emailSection   `toml:"email"`
	SMS       *smsSection     `toml:"sms"`
	Webhook   *webhookSection `toml:"webhook"`
	Push      *pushSection    `toml:"push"`
}

type emailSection struct {
	Host         string `toml:"host"`
	Port         *int   `toml:"port" usual:"587"`
	Security     string `toml:"security" usual:"\"starttls\""`
	Username     string `toml:"username"`
	PasswordFile string `toml:"password_file"`
	PasswordEnv  string `toml:"password_env"`
	From         string `toml:"from"`
	HELO         string `toml:"helo" usual:"this machine's name or address"`
}

type smsSection struct {
	Gateway    string `toml:"gateway"`
	URL        string `toml:"url"`
	Account    string `toml:"account"`
	SecretFile string `toml:"secret_file"`
	SecretEnv  string `toml:"secret_env"`
	From       string `toml:"from"`
}

type webhookSection struct {
	Enabled   bool     `toml:"enabled" usual:"false"`
	Allow     []string `toml:"allow"`
	AllowHTTP bool     `toml:"allow_http" usual:"false"`
}

type pushSection webhookSection

// senders send the messages of a process. The zero value sends nothing: all
// messages are held in the inbox.
type senders struct {
	router   *delivery.Router // nil sends nothing
	proofAge time.Duration    // how long a proof counts; 0 for backend/local's default
}

func (s senders) close() {
	if s.router != nil {
		s.router.Close()
	}
}

// open makes the senders of the section. With isReadOnly nothing is sent, and no
// secret is read. folder is that of the configuration, from which relative paths are taken.
// An error begins with the name of the setting that it is about.
func (d deliverySection) open(folder string, isReadOnly bool) (s senders, err error) {
	s.proofAge = time.Duration(d.ProofDays) * 24 * time.Hour
	if !isReadOnly {
		s.router, err = d.router(folder)
	}
	return s, err
}

// openSenders makes the senders of the configuration, for a command that refuses what is
// wrong in it.
func (c *configuration) openSenders() (senders, error) {
	s, err := c.Delivery.open(filepath.Dir(c.path), false)
	return s, c.located(err)
}

// maxProofDays bounds proof_days, against typing errors: ten years.
const maxProofDays = 3650

// dayCount is a number of days; 0 for the default.
type dayCount int

func (n dayCount) check() error {
	if n < 1 || n > maxProofDays {
		return fmt.Errorf("is %d; write a number of days from 1 to %d, such as 90", int(n), maxProofDays)
	}
	return nil
}

func (d deliverySection) router(dir string) (*delivery.Router, error) {
	email, err := d.Email.options(dir)
	if err != nil {
		return nil, err
	}
	sms, err := d.SMS.options(dir)
	if err != nil {
		return nil, err
	}
	c := delivery.Config{Email: email, SMS: sms}
	if w := d.Webhook; w != nil {
		c.Webhook = &delivery.Webhook{Enabled: w.Enabled, Allow: w.Allow, AllowHTTP: w.AllowHTTP}
	}
	if p := d.Push; p != nil {
		c.Push = &delivery.Push{Enabled: p.Enabled, Allow: p.Allow, AllowHTTP: p.AllowHTTP}
	}
	return delivery.New(c)
}

func (e *emailSection) options(dir string) (*delivery.Email, error) {
	if e == nil {
		return nil, nil
	}
	host, err := backend.CleanHost(e.Host)
	if err != nil && e.Host != "" {
		return nil, exit.Usage("delivery.email.host is %q; write the name of the mail server alone, such as mail.example.org.", e.Host)
	}
	o := delivery.Email{Host: host, Security: e.Security, Username: e.Username, From: e.From, HELO: e.HELO}
	if e.Port != nil {
		if o.Port = *e.Port; o.Port == 0 { // in delivery.Email, 0 means the default
			return nil, exit.Usage("delivery.email.port is 0; write a number from 1 to 65535, such as 587, or leave it out.")
		}
	}
	o.Password, err = findSecret("delivery.email.password", dir, e.PasswordFile, e.PasswordEnv)
	return &o, err
}

func (s *smsSection) options(dir string) (*delivery.SMS, error) {
	if s == nil {
		return nil, nil
	}
	o := delivery.SMS{Gateway: s.Gateway, URL: s.URL, Account: s.Account, From: s.From}
	var err error
	o.Secret, err = findSecret("delivery.sms.secret", dir, s.SecretFile, s.SecretEnv)
	return &o, err
}

// findSecret reads a secret from the file or the environment variable that the
// configuration names; "" when it names neither. key begins the sentences of
// errors. A relative file is taken from dir.
func findSecret(key, dir, file, variable string) (backend.Credential, error) {
	switch {
	case file != "" && variable != "":
		return "", exit.Usage("%s_file and %[1]s_env are both given; leave out one of them.", key)
	case variable != "":
		secret := os.Getenv(variable)
		if secret == "" {
			return "", exit.Usage("%s_env names the variable %s, which is not set; set it, or name a file with %[1]s_file.", key, variable)
		}
		return backend.Credential(secret), nil
	case file == "":
		return "", nil
	}
	file, err := secretPath(key+"_file", dir, file)
	if err != nil {
		return "", err
	}
	secret, err := readPrivateFile(key+"_file", file)
	if err == nil && strings.ContainsAny(strings.TrimSpace(secret), "\r\n") {
		return "", exit.Usage("%s_file %s has several lines; leave nothing in it but the secret.", key, file)
	}
	return backend.Credential(secret), err
}
