//go:build unix

package cli

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// send sends a request with a token, and returns status and body.
func send(t *testing.T, method, address, token, body string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(said)
}

// TestAServerOnAFaultyFile: changes are refused and /readyz says so; no answer tells
// where the file is.
func TestAServerOnAFaultyFile(t *testing.T) {
	const database = ".local/share/pinghome/pinghome.db"
	for name, do := range map[string]func(path string) error{
		"damaged before": func(path string) error { // in a page that no request reads
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			at := len(content) - 4096
			return os.WriteFile(path, append(content[:at], bytes.Repeat([]byte{0xee}, 4096)...), 0o600)
		},
		"cut off while running": func(path string) error { return os.Truncate(path, 0) },
		"removed":               os.Remove,
		"log removed":           func(path string) error { return os.Remove(path + "-wal") },
		"replaced": func(path string) error {
			return os.Rename(path+".backups/"+theOnly(path+".backups"), path)
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := home{t, t.TempDir()}
			token := h.createAccount()
			path := filepath.Join(h.dir, database)
			isBefore := strings.HasSuffix(name, "before")
			if isBefore {
				if err := do(path); err != nil {
					t.Fatal(err)
				}
			}
			address, _ := h.serve("--listen", "127.0.0.1:0")
			if !isBefore {
				if status, said := send(t, "PATCH", address+"/v1/customer", token, `{"name":"Augusta"}`); status != 200 {
					t.Fatalf("answered %d %s", status, said)
				}
				if err := do(path); err != nil {
					t.Fatal(err)
				}
			}
			for _, request := range [][3]string{{"PATCH", "/v1/customer", `{"name":"Ada"}`}, {"GET", "/readyz", ""}} {
				status, said := send(t, request[0], address+request[1], token, request[2])
				if status != 503 || strings.Contains(said, h.dir) {
					t.Errorf("%s %s: answered %d %s", request[0], request[1], status, said)
				}
			}
			if status, said := send(t, "GET", address+"/v1/customer", token, ""); strings.Contains(said, h.dir) || status != 200 && status != 503 {
				t.Errorf("answered %d %s", status, said)
			}
		})
	}
}

// theOnly returns the name of the only file of a kind in a folder.
func theOnly(folder string) string {
	found, _ := filepath.Glob(filepath.Join(folder, "*.backup"))
	return filepath.Base(found[0])
}

// TestAServerWhoseKeyWasReplaced can send no codes, and says so in /readyz.
func TestAServerWhoseKeyWasReplaced(t *testing.T) {
	h := home{t, t.TempDir()}
	token := h.createAccount()
	address, _ := h.serve("--listen", "127.0.0.1:0")
	if status, said := send(t, "GET", address+"/readyz", token, ""); status != 200 {
		t.Fatalf("answered %d %s", status, said)
	}
	h.run("key", "rotate")
	if status, said := send(t, "GET", address+"/readyz", token, ""); status != 503 || strings.Contains(said, h.dir) {
		t.Errorf("answered %d %s", status, said)
	}
}
