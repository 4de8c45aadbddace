//go:build unix

package cli

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/account-settings/pinghome/backend/local"
)

// inUTF16 is a text as Windows' editors save it under "Unicode".
func inUTF16(text string) string {
	b := []byte("\xff\xfe")
	for _, unit := range utf16.Encode([]rune(text)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return string(b)
}

// writtenFile is a file that others write, as it should be, and who reads it.
type writtenFile struct {
	text string
	read func(path string) (string, error)
	want string
}

func writtenFiles(t *testing.T) map[string]writtenFile {
	folder := t.TempDir()
	home{t, folder}.writeCertificate("name")
	certificate, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	text := func(path string) string {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	whole := strings.Repeat("ab", local.KeySize)
	return map[string]writtenFile{
		"configuration": {"[console]\nmouse = true\ntitle = \"account\" # é\n", func(path string) (string, error) {
			c, err := readConfig(path, true)
			return string(c.Console.Title), err
		}, "account"},
		"secret": {"pässword\n", func(path string) (string, error) { return readPrivateFile("The file", path) }, "pässword"},
		"token": {"phe_1\n", func(path string) (string, error) {
			token, _, err := tokenFile(path)
			return string(token), err
		}, "phe_1"},
		"key": {whole + "\n", func(path string) (string, error) {
			read, err := local.ReadKey(path)
			return hex.EncodeToString(read), err
		}, whole},
		"certificate": {text(certificate), func(path string) (string, error) {
			_, err := loadCertificate(path, key)
			return "", err
		}, ""},
		"certificate's key": {text(key), func(path string) (string, error) {
			_, err := loadCertificate(certificate, path)
			return "", err
		}, ""},
	}
}

// TestFilesOfOtherEditorsAreRead: each file that others write may begin with a byte order
// mark; one in another encoding than UTF-8 is refused with a sentence.
func TestFilesOfOtherEditorsAreRead(t *testing.T) {
	for name, file := range writtenFiles(t) {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file")
			for _, test := range []struct{ text, refusal string }{{file.text, ""}, {"\ufeff" + file.text, ""}, {inUTF16(file.text), "UTF-16"}, {"\xe9" + file.text, "UTF-8"}} {
				if test.refusal == "UTF-8" && strings.HasPrefix(name, "cert") {
					continue // any text may stand around its blocks
				}
				if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
					t.Fatal(err)
				}
				got, err := file.read(path)
				switch {
				case test.refusal == "" && (err != nil || got != file.want):
					t.Errorf("%.12q: %q, %v", test.text, got, err)
				case test.refusal != "" && (err == nil || !strings.Contains(err.Error(), test.refusal) || !strings.Contains(err.Error(), "save it as UTF-8")):
					t.Errorf("%.12q: %v", test.text, err)
				}
			}
		})
	}
}
