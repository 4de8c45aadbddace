//go:build unix

package cli

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// TestMessagesListNumbersForPeopleAndForPrograms: in groups, and in E.164, also in a pipe.
func TestMessagesListNumbersForPeopleAndForPrograms(t *testing.T) {
	h := home{t, t.TempDir()}
	path := filepath.Join(h.dir, "accounts.db")
	key := bytes.Repeat([]byte{7}, local.KeySize)
	if err := sqlite.Create(t.Context(), path, sqlite.Options{}, local.Demo(key)); err != nil {
		t.Fatal(err)
	}
	h.writeFile("accounts.db.key", strings.Repeat("07", local.KeySize)+"\n")
	w := inWindowAt(t, h.dir, "pinghome", "messages", "list", "--db", path)
	w.wantExit(0)
	if list := w.text(); !strings.Contains(list, "+994 55 123 45 67") || strings.Contains(list, "+994551234567") {
		t.Errorf("people read\n%s", list)
	}
	for _, flags := range [][]string{nil, {"--json"}} {
		if list := h.run(append([]string{"messages", "list", "--db", path}, flags...)...); !strings.Contains(list, "+994551234567") || strings.Contains(list, "+994 55") {
			t.Errorf("programs read\n%s", list)
		}
	}
}
