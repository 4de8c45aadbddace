package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage/sqlite"
	"github.com/account-settings/pinghome/ui"
)

// keepSettings writes settings into the section [console] of a configuration, which need not
// exist, and says so. Everything else in it stays as it was written.
func keepSettings(path string, chosen []ui.Setting) (said string, err error) {
	text, err := readPlain(path)
	if err != nil {
		return "", err
	}
	text, hasMark := bytes.CutPrefix(text, byteOrderMark)
	for _, s := range chosen {
		if text, err = withSetting(text, s); err != nil {
			return "", fmt.Errorf("write %s = %s into %s yourself: %w", s.Name, s.Value, path, err)
		}
	}
	if hasMark {
		text = slices.Concat(byteOrderMark, text)
	}
	if err := replaceConfig(path, text); err != nil {
		return "", err
	}
	said = "Kept in " + path + "."
	for _, s := range chosen {
		if variable := variableOf("console." + s.Name); os.Getenv(variable) != "" {
			said += " $" + variable + " goes before it."
		}
	}
	return said, nil
}

// byteOrderMark is what some editors begin UTF-8 with.
var byteOrderMark = []byte("\xef\xbb\xbf")

// readPlain reads a configuration that something is to be added to; "" where there is none.
// In another encoding what is added would spoil it.
func readPlain(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	if _, err := backend.DecodeText(text); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return text, nil
}

// withSetting is a text with a setting of the console: in place of its value, or behind the
// line [console], or at the end.
func withSetting(text []byte, s ui.Setting) ([]byte, error) {
	whole := newConfiguration("")
	if whole.readText(text); len(whole.faultsBelow("")) > 0 {
		return nil, errors.New("it is no TOML")
	}
	var p unstable.Parser
	p.Reset(text)
	section, behind := "", -1
	for p.NextExpression() {
		e := p.Expression()
		name, end := keyOf(e)
		switch {
		case e.Kind == unstable.Table || e.Kind == unstable.ArrayTable:
			if section = name; name == "console" {
				behind = end
			}
		case e.Kind != unstable.KeyValue:
		case strings.TrimPrefix(section+"."+name, ".") == "console."+s.Name:
			at := e.Value().Raw
			if e.Value().Kind == unstable.Bool {
				at = p.Range(e.Value().Data)
			}
			if at.Length == 0 {
				return nil, errors.New("its value there is none that can be replaced")
			}
			return slices.Concat(text[:at.Offset], []byte(s.Value), text[at.Offset+at.Length:]), nil
		}
	}
	line := fmt.Appendf(nil, "%s = %s\n", s.Name, s.Value)
	if behind < 0 {
		if text = bytes.TrimRight(text, "\n"); len(text) > 0 {
			text = append(text, "\n\n"...)
		}
		return checkedText(slices.Concat(text, []byte("[console]\n"), line), s)
	}
	if i := bytes.IndexByte(text[behind:], '\n'); i >= 0 {
		return checkedText(slices.Insert(text, behind+i+1, line...), s)
	}
	return checkedText(slices.Concat(text, []byte("\n"), line), s)
}

// keyOf is the name of a key with its dots, and where it ends.
func keyOf(e *unstable.Node) (name string, end int) {
	if e.Kind == unstable.Comment {
		return "", 0
	}
	for key := e.Key(); key.Next(); {
		name = strings.TrimPrefix(name+"."+string(key.Node().Data), ".")
		end = int(key.Node().Raw.Offset + key.Node().Raw.Length)
	}
	return name, end
}

// checkedText is a text that has a setting now, or an error where it has none: it may be
// written in a way in which nothing can be added.
func checkedText(text []byte, s ui.Setting) ([]byte, error) {
	c := newConfiguration("")
	if c.readText(text); c.origins["console."+s.Name] == "" {
		return nil, cmp.Or(c.refuse(), errors.New("it has no section [console] that can be added to"))
	}
	return text, nil
}

// replaceConfig replaces a configuration by another text, at once.
func replaceConfig(path string, text []byte) error {
	path = sqlite.WithoutLink(path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".config-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if info, err := os.Stat(path); err == nil {
		_ = f.Chmod(info.Mode().Perm())
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
