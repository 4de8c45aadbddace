package cli

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
)

// deliverySection is [delivery] of the configuration: how messages leave this
// machine. What has no section of its own stays in the inbox.
type deliverySection struct {
	ProofDays *int            `toml:"proof_days"`
	Email     *emailSection   `toml:"email"`
	SMS       *smsSection     `toml:"sms"`
	Webhook   *webhookSection `toml:"webhook"`
	Push      *pushSection    `toml:"push"`
}

type emailSection struct {
	Host         string `toml:"host"`
	Port         *int   `toml:"port"`
	Security     string `toml:"security"`
	Username     string `toml:"username"`
	PasswordFile string `toml:"password_file"`
	PasswordEnv  string `toml:"password_env"`
	From         string `toml:"from"`
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
	Enabled   bool     `toml:"enabled"`
	Allow     []string `toml:"allow"`
	AllowHTTP bool     `toml:"allow_http"`
}

type pushSection webhookSection

// sending is how the messages of a process leave it. The zero value sends
// nothing: all of them stay in the inbox.
type sending struct {
	router   *delivery.Router
	proofAge time.Duration // 0 for the usual one
}

func (s sending) close() {
	if s.router != nil {
		s.router.Close()
	}
}

// open makes the senders of the section. Who only reads sends nothing, and
// needs none of its secrets. path is the configuration's, from whose folder
// files are found.
func (d deliverySection) open(path string, isReadOnly bool) (s sending, err error) {
	if s.proofAge, err = d.proofAge(); err == nil && !isReadOnly {
		s.router, err = d.router(filepath.Dir(path))
	}
	if err != nil {
		return sending{}, usage("%s: %w", path, err)
	}
	return s, nil
}

// maxProofDays is ten years, beyond which a proof might as well last for ever.
const maxProofDays = 3650

func (d deliverySection) proofAge() (time.Duration, error) {
	switch {
	case d.ProofDays == nil:
		return 0, nil
	case *d.ProofDays < 1 || *d.ProofDays > maxProofDays:
		return 0, usage("delivery.proof_days is %d; write a number of days from 1 to %d, such as 90.", *d.ProofDays, maxProofDays)
	}
	return time.Duration(*d.ProofDays) * 24 * time.Hour, nil
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
	o := delivery.Email{Host: e.Host, Security: e.Security, Username: e.Username, From: e.From}
	if e.Port != nil {
		if o.Port = *e.Port; o.Port == 0 { // which would mean the usual one
			return nil, usage("delivery.email.port is 0; write a number from 1 to 65535, such as 587, or leave it out.")
		}
	}
	var err error
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

// findSecret reads a secret from where the configuration says that it is; ""
// where it says nothing. The configuration itself never holds one.
func findSecret(key, dir, file, variable string) (backend.Secret, error) {
	switch {
	case file != "" && variable != "":
		return "", usage("%s_file and %[1]s_env are both given; leave out one of them.", key)
	case variable != "":
		secret := os.Getenv(variable)
		if secret == "" {
			return "", usage("%s_env names the variable %s, which is not set; set it, or name a file with %[1]s_file.", key, variable)
		}
		return backend.Secret(secret), nil
	case file == "":
		return "", nil
	case !filepath.IsAbs(file):
		file = filepath.Join(dir, file)
	}
	secret, err := ownFile(key+"_file", file)
	if err == nil && strings.ContainsAny(strings.TrimSpace(secret), "\r\n") {
		return "", usage("%s_file %s has several lines; leave nothing in it but the secret.", key, file)
	}
	return backend.Secret(secret), err
}
