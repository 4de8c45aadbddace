package cli

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// pathSettings writes a path as each setting of the configuration that takes one, and
// returns where that leads.
var pathSettings = map[string]func(t *testing.T, config, path string) (string, error){
	"context.token_file": func(_ *testing.T, config, path string) (string, error) {
		s, err := contextWith(config, path).context("work")
		return s.TokenFile, err
	},
	"backup.folder": func(_ *testing.T, config, path string) (string, error) {
		b, err := backupSection{Folder: path}.options(filepath.Dir(config), paths{}, nil)
		if err != nil {
			return "", err
		}
		return b.Folder, nil
	},
	"delivery.email.password_file": func(_ *testing.T, config, path string) (string, error) {
		_, err := deliverySection{Email: &emailSection{PasswordFile: path}}.router(filepath.Dir(config))
		return fileNamedIn(err), err
	},
	"delivery.sms.secret_file": func(_ *testing.T, config, path string) (string, error) {
		_, err := deliverySection{SMS: &smsSection{SecretFile: path}}.router(filepath.Dir(config))
		return fileNamedIn(err), err
	},
}

func contextWith(path, tokenFile string) *configuration {
	return &configuration{path: path, config: config{Context: map[string]server{"work": {Server: "https://a.example", TokenFile: tokenFile}}}}
}

// fileNamedIn is the file of which an error says that it cannot be read.
func fileNamedIn(err error) string {
	if err == nil {
		return ""
	}
	file, _, _ := strings.Cut(err.Error(), " cannot be read")
	return file[strings.LastIndex(file, " ")+1:]
}

func TestTheHomeFolderInPathsOfTheConfiguration(t *testing.T) {
	t.Setenv("HOME", "/home/ada")
	const configFile = "/etc/pinghome/config.toml"
	for _, setting := range settingsOfFiles("", reflect.TypeFor[config]()) {
		lead := pathSettings[setting]
		if lead == nil {
			t.Errorf("%s takes a path and is not tested", setting)
			continue
		}
		for path, want := range map[string]string{"~/kept/it": "/home/ada/kept/it", "it": "/etc/pinghome/it", "/srv/it": "/srv/it", "./~it": "/etc/pinghome/~it"} {
			if got, err := lead(t, configFile, path); got != want {
				t.Errorf("%s = %q leads to %q, want %q (%v)", setting, path, got, want, err)
			}
		}
		if _, err := lead(t, configFile, "~emil/it"); err == nil || !strings.Contains(err.Error(), "is ~emil/it: only ~/ is known") {
			t.Errorf("%s: %v", setting, err)
		}
	}
	t.Setenv("HOME", "")
	if got, err := expandHome("it", "~"); err == nil {
		t.Errorf("without a home folder ~ leads to %s", got)
	}
}

// settingsOfFiles are the settings below a section whose names say that they take a path.
func settingsOfFiles(prefix string, section reflect.Type) (found []string) {
	for section.Kind() == reflect.Pointer || section.Kind() == reflect.Map {
		section = section.Elem()
	}
	if section.Kind() != reflect.Struct {
		return nil
	}
	for f := range section.Fields() {
		name := strings.TrimPrefix(prefix+"."+f.Tag.Get("toml"), ".")
		if f.Type.Kind() == reflect.String && slices.ContainsFunc([]string{"_file", "folder"}, func(end string) bool { return strings.HasSuffix(name, end) }) {
			found = append(found, name)
		}
		found = append(found, settingsOfFiles(name, f.Type)...)
	}
	return found
}

func TestTheHomeFolderInFlags(t *testing.T) {
	home, err := os.UserHomeDir()
	if err != nil {
		t.Skip(err)
	}
	o := options{theme: "mono", debug: "~/log", sourceFlags: sourceFlags{config: "~/config.toml", server: server{Server: "https://a.example", TokenFile: "~/token"},
		isGiven: func(string) bool { return false }}}
	s := serveFlags{listen: "127.0.0.1:0", cert: "~/cert.pem", key: "~/key.pem"}
	if err := o.check(); err != nil {
		t.Fatal(err)
	}
	if err := s.check(); err != nil {
		t.Fatal(err)
	}
	for _, got := range []string{o.debug, o.config, o.server.TokenFile, s.cert, s.key} {
		if filepath.Dir(got) != home {
			t.Errorf("~ leads to %s", got)
		}
	}
}
