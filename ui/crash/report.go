package crash

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/account-settings/pinghome/ui/safe"
)

// Write writes a report of a fault into a folder, which it makes if it does not
// exist, and returns the path of the file. Only the owner can read it. version is
// the program's, at the time of the fault.
func Write(dir, version string, at time.Time, f *Fault) (path string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	name := "crash-" + at.UTC().Format("2006-01-02T15-04-05.000000") + ".txt"
	file, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	_, err = file.WriteString(text(version, at, f))
	return file.Name(), errors.Join(err, file.Close())
}

// text returns the report: versions, the fault, the last messages and the stack,
// and nothing that the person entered.
func text(version string, at time.Time, f *Fault) string {
	var b strings.Builder
	fmt.Fprintf(&b, "pinghome %s\n", version)
	fmt.Fprintf(&b, "time     %s\n", at.UTC().Format(time.RFC3339))
	fmt.Fprintf(&b, "go       %s %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	fmt.Fprintf(&b, "fault    %s\n", safe.Text(f.What))
	fmt.Fprintf(&b, "\nThe last messages, oldest first:\n")
	for _, name := range f.Messages {
		fmt.Fprintf(&b, "  %s\n", name)
	}
	fmt.Fprintf(&b, "\n%s", f.Stack)
	return b.String()
}
