//go:build unix

package cli

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestAServerWhoseLogIsNotReadGoesOn: its standard error is a pipe that nobody
// reads, and then one whose other end is closed.
func TestAServerWhoseLogIsNotReadGoesOn(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	address, server := h.serveLogging(writer, "--listen", "127.0.0.1:0", "--rate", "0")
	writer.Close()
	client := &http.Client{Timeout: 10 * time.Second}
	ask := func(n int) {
		t.Helper()
		for range n {
			if status, err := askProfile(client, address, token); status != 200 {
				t.Fatalf("answered %d, %v", status, err)
			}
		}
	}
	ask(1000) // a pipe takes about 300 lines
	reader.Close()
	ask(10)
	server.Process.Signal(syscall.SIGTERM)
	if state, _ := server.Process.Wait(); state.ExitCode() != 128+int(syscall.SIGTERM) {
		t.Errorf("the server ended with %v", state)
	}
}

// TestAnIgnoredSignalStaysIgnored: nohup starts a program that way.
func TestAnIgnoredSignalStaysIgnored(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
	server := h.command("serve", "--listen", "127.0.0.1:0")
	program := server.Path
	server.Path, server.Args = "/bin/sh", []string{"sh", "-c", `trap "" HUP INT TERM QUIT; exec "$0" serve --listen 127.0.0.1:0`, program}
	address := startServer(t, server)
	for _, sig := range []syscall.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM, syscall.SIGQUIT} {
		server.Process.Signal(sig)
		if status, err := askProfile(http.DefaultClient, address, token); status != 200 {
			t.Fatalf("after %v it answered %d, %v", sig, status, err)
		}
	}
	server.Process.Kill()
	if state, _ := server.Process.Wait(); state.ExitCode() != -1 {
		t.Errorf("the server ended by itself, with %v", state)
	}
}

// TestARenewedCertificateIsUsed: after SIGHUP at once, else some seconds later.
func TestARenewedCertificateIsUsed(t *testing.T) {
	h := home{t, t.TempDir()}
	h.createAccount()
	h.writeCertificate("first")
	address, server := h.serve("--listen", "127.0.0.1:0", "--tls-cert", "cert.pem", "--tls-key", "key.pem")
	if name := certificateName(t, address); name != "first" {
		t.Fatalf("the certificate is %q", name)
	}
	h.writeCertificate("second")
	server.Process.Signal(syscall.SIGHUP)
	for deadline := time.Now().Add(20 * time.Second); certificateName(t, address) != "second"; {
		if time.Now().After(deadline) {
			t.Fatal("the new certificate is not used")
		}
	}
	h.writeFile("cert.pem", "no certificate")
	server.Process.Signal(syscall.SIGHUP)
	if name := certificateName(t, address); name != "second" {
		t.Errorf("after one that cannot be read, the certificate is %q", name)
	}
}

// TestACertificateIsReadAgainWhenItsFilesChange, without a signal.
func TestACertificateIsReadAgainWhenItsFilesChange(t *testing.T) {
	h := home{t, t.TempDir()}
	h.writeCertificate("first")
	c, err := loadCertificate(filepath.Join(h.dir, "cert.pem"), filepath.Join(h.dir, "key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	h.writeCertificate("second")
	later := time.Now().Add(time.Hour)
	os.Chtimes(filepath.Join(h.dir, "cert.pem"), later, later)
	before, _ := c.get(nil)
	c.checked = time.Time{}
	after, _ := c.get(nil)
	if before.Leaf.Subject.CommonName != "first" || after.Leaf.Subject.CommonName != "second" {
		t.Errorf("%s, then %s", before.Leaf.Subject, after.Leaf.Subject)
	}
}

// writeCertificate writes a certificate of this name, and its key.
func (h home) writeCertificate(name string) {
	h.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		h.t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotAfter: time.Now().Add(time.Hour)}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		h.t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		h.t.Fatal(err)
	}
	h.writeFile("key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})))
	h.writeFile("cert.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})))
}

// certificateName is the name in the certificate of a server.
func certificateName(t *testing.T, address string) string {
	t.Helper()
	conn, err := tls.Dial("tcp", strings.TrimPrefix(address, "https://"), &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0].Subject.CommonName
}
