package cli

import (
	"crypto/tls"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// certificateInterval is how often the files of the certificate are looked at, at
// most; it is a new connection that makes the server look.
const certificateInterval = 10 * time.Second

// certificate is the TLS certificate of the server. It is read again when its
// files have changed, so that a renewed one needs no restart. One that cannot be
// read changes nothing, and is logged.
type certificate struct {
	certFile, keyFile string
	log               *slog.Logger // set before the first connection

	mu      sync.Mutex
	pair    *tls.Certificate
	written [2]time.Time // the times of the files that pair was read from
	checked time.Time
}

// loadCertificate reads the certificate for the first time.
func loadCertificate(certFile, keyFile string) (*certificate, error) {
	c := &certificate{certFile: certFile, keyFile: keyFile, log: slog.New(slog.DiscardHandler)}
	if err := c.load(); err != nil {
		return nil, exit.Usage("The certificate cannot be used: %w.", err)
	}
	return c, nil
}

// get is for tls.Config.GetCertificate.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.checked) >= certificateInterval {
		c.checked = time.Now()
		if c.modTimes() != c.written {
			c.reloadLocked()
		}
	}
	return c.pair, nil
}

// listen is a listener with TLS over another one.
func (c *certificate) listen(l net.Listener) net.Listener {
	return tls.NewListener(l, &tls.Config{GetCertificate: c.get, MinVersion: tls.VersionTLS12})
}

// reload reads the files again, whether they have changed or not.
func (c *certificate) reload() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reloadLocked()
}

func (c *certificate) reloadLocked() {
	if err := c.load(); err != nil {
		c.log.Error("the certificate could not be read again; the last one stays", "error", err.Error())
		return
	}
	c.log.Info("the certificate was read again")
}

// load reads the files. When it fails, the last certificate stays.
func (c *certificate) load() error {
	written := c.modTimes() // before reading: what is written meanwhile is read the next time
	cert, certErr := readPEM(c.certFile)
	key, keyErr := readPEM(c.keyFile)
	if err := errors.Join(certErr, keyErr); err != nil {
		return err
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return err
	}
	c.pair, c.written, c.checked = &pair, written, time.Now()
	return nil
}

// readPEM reads a file of PEM blocks. A byte order mark before the first would hide it.
// Between the blocks there may be any text, in any encoding.
func readPEM(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	clean, err := backend.DecodeText(text)
	switch block, _ := pem.Decode(text); {
	case err == nil:
		return []byte(clean), nil
	case block == nil:
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return text, nil
}

func (c *certificate) modTimes() (times [2]time.Time) {
	for i, path := range []string{c.certFile, c.keyFile} {
		if info, err := os.Stat(path); err == nil {
			times[i] = info.ModTime()
		}
	}
	return times
}
