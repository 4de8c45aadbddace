package export_test

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/export"
)

func TestNoCellIsTakenForAFormula(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.CSV")
	f, err := export.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	labels := []string{"=1+1", "+994551234567", "-2", "@SUM(A1)", "\tx", "\r=1", "＝1", "plain", `with "quotes", and a comma`, ""}
	for _, label := range labels {
		if err := f.Add(export.OfChannel(backend.Channel{Priority: 1, Type: backend.TypeSMS, Value: "+994551234567", Label: label})); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Finish(nil); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil || len(rows) != len(labels)+1 || rows[0][4] != "label" {
		t.Fatalf("%q, %v", rows, err)
	}
	for i, row := range rows[1:] {
		if isHarmless := !strings.ContainsAny(row[4]+" ", "=+-@\t\r＝") || strings.HasPrefix(row[4], "'"); !isHarmless || row[2] != "'+994551234567" {
			t.Errorf("%q is written as %q", labels[i], row)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestAFileThatIsThereIsNotReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := export.Create(path)
	var e *backend.Error
	if !errors.As(err, &e) || len(e.Fields["file"]) != 1 {
		t.Fatalf("%v", err)
	}
	if text, err := os.ReadFile(path); string(text) != "mine" {
		t.Errorf("%s, %v", text, err)
	}
}

func TestWhatFailsLeavesNoFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	f, err := export.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	offline := backend.Errorf(backend.CodeOffline, "The server does not answer.")
	if err := f.Finish(offline); !errors.Is(err, offline) {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is there: %v", err)
	}
}

func TestNamesOfFilesSayTheFormat(t *testing.T) {
	dir := t.TempDir()
	for name, isRight := range map[string]bool{"a.jsonl": true, "b.CSV": true, "": false, "a": false, ".csv": false, "a.json": false, "no/such/a.csv": false, "x\x00.csv": false} {
		path := filepath.Join(dir, name)
		if name == "" {
			path = ""
		}
		f, err := export.Create(path)
		if (err == nil) != isRight {
			t.Errorf("%q: %v", name, err)
		}
		if err == nil {
			_ = f.Finish(nil)
		}
	}
}

// TestAFileHasItsNameOnceItIsComplete: what fails, or meets another file, leaves nothing.
func TestAFileHasItsNameOnceItIsComplete(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.jsonl")
	begin := func() *export.File {
		t.Helper()
		f, err := export.Create(path)
		if err == nil {
			err = f.Add(export.OfChannel(backend.Channel{Priority: 1}))
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); err == nil {
			t.Fatal("it has its name already")
		}
		return f
	}
	if err := begin().Finish(errors.New("the server is gone")); err == nil {
		t.Fatal("it was finished")
	}
	f := begin()
	if err := os.WriteFile(path, []byte("another one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Finish(nil); err == nil || backend.ErrorCode(err) != backend.CodeInvalid {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "another one" {
		t.Fatalf("%s, %v", text, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Fatalf("%v, %v", left, err)
	}
}
