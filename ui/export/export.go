// Package export writes what a list shows to a file: JSON lines for programs, or CSV for
// spreadsheets, in which no value is taken for a formula.
package export

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// The endings of file names, which say the format.
const (
	linesEnding = ".jsonl"
	csvEnding   = ".csv"
)

// CheckPath returns an error for a name of a file that says no format. The error is a sentence
// for the person.
func CheckPath(path string) error {
	path = strings.TrimSpace(path)
	switch ending := strings.ToLower(filepath.Ext(path)); {
	case path == "":
		return errors.New("Type the name of a file.")
	case ending != linesEnding && ending != csvEnding, ending == filepath.Base(strings.ToLower(path)):
		return errors.New("End the name in .jsonl or .csv, which says the format.")
	}
	return nil
}

// unfinishedMark ends the name that a file has until it is complete.
const unfinishedMark = ".unfinished"

// File is a new file that is being written. It has its name once it is complete.
type File struct {
	path  string
	file  *os.File
	text  *bufio.Writer
	table *csv.Writer // nil for JSON lines
	count int
}

// Create makes a file that its owner alone can read. ~/ is the home folder, and other relative
// names are below the folder in which the console was started. Errors: invalid (field "file"),
// also where there is a file already.
func Create(path string) (*File, error) {
	path = strings.TrimSpace(path)
	if rest, isHome := strings.CutPrefix(path, "~/"); isHome {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil, refused("Your home folder is not known. Write the whole path.")
		}
		path = filepath.Join(home, rest)
	}
	if err := CheckPath(path); err != nil {
		return nil, refused(err.Error())
	}
	switch _, err := os.Lstat(path); {
	case err == nil:
		return nil, errIsThere()
	case !errors.Is(err, fs.ErrNotExist):
		return nil, refused("It cannot be written: " + reason(err) + ".")
	}
	file, err := os.CreateTemp(filepath.Dir(path), "export-*"+unfinishedMark)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, refused("There is no such folder. Make it, or choose another one.")
	case err != nil:
		return nil, refused("It cannot be written: " + reason(err) + ".")
	}
	f := &File{path: path, file: file, text: bufio.NewWriter(file)}
	if strings.ToLower(filepath.Ext(path)) == csvEnding {
		f.table = csv.NewWriter(f.text)
	}
	return f, nil
}

func errIsThere() error {
	return refused("There is a file with this name already. Choose another name.")
}

func refused(sentence string) error {
	var faults backend.FieldErrors
	faults.Add("file", errors.New(sentence))
	return faults.Err()
}

// reason is what the system says, without the path.
func reason(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}

// Path is where the file is.
func (f *File) Path() string { return f.path }

// Count is how many records were written.
func (f *File) Count() int { return f.count }

// Add writes a record, and before the first one of a table its titles.
func (f *File) Add(r Record) error {
	f.count++
	if f.table == nil {
		lines := json.NewEncoder(f.text)
		lines.SetEscapeHTML(false) // it is no web page
		return lines.Encode(r)
	}
	if f.count == 1 {
		if err := f.table.Write(r.Columns()); err != nil {
			return err
		}
	}
	cells := r.Cells()
	for i, cell := range cells {
		cells[i] = harmless(cell)
	}
	return f.table.Write(cells)
}

// harmless puts an apostrophe before what a spreadsheet would take for a formula, as OWASP
// recommends against "CSV injection". Phone numbers begin with one of these signs, too.
func harmless(cell string) string {
	if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") || strings.HasPrefix(cell, "＝") || strings.HasPrefix(cell, "＋") || strings.HasPrefix(cell, "－") || strings.HasPrefix(cell, "＠") {
		return "'" + cell
	}
	return cell
}

// Finish closes the file once it is on the disk and gives it its name. It removes it where err, or
// writing, failed, and where there is another one with that name by now.
func (f *File) Finish(err error) error {
	if f.table != nil {
		f.table.Flush()
		err = cmp.Or(err, f.table.Error())
	}
	err = cmp.Or(err, f.text.Flush(), f.file.Sync())
	err = cmp.Or(err, f.file.Close())
	if err == nil {
		err = publish(f.file.Name(), f.path)
	}
	_ = os.Remove(f.file.Name())
	if err == nil {
		return nil
	}
	if known, ok := errors.AsType[*backend.Error](err); ok {
		return known
	}
	return &backend.Error{Code: backend.CodeUnavailable, Message: fmt.Sprintf("The file could not be written, and nothing is left of it: %s.", reason(err)), Err: err}
}

// publish gives a file a second name, at which there is no file yet. Where the file system has no
// second names, it moves it.
func publish(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return asThere(err)
	}
	reserved, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return asThere(err)
	}
	if err := cmp.Or(reserved.Close(), os.Rename(from, to)); err != nil {
		_ = os.Remove(to)
		return err
	}
	return nil
}

func asThere(err error) error {
	if errors.Is(err, fs.ErrExist) {
		return errIsThere()
	}
	return err
}
