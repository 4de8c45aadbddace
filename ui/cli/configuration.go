package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// configuration is the configuration as it was read: what it says, and what is wrong in it. A
// setting that is wrong has its default, all others hold.
type configuration struct {
	config
	path   string
	faults []fault
	// origins are the places where settings and sections stand, by their names such as
	// "console.theme". Those that stand nowhere have their defaults.
	origins map[string]string
	strange []fault // variables that are no setting's, and may be meant for one
}

// newConfiguration is one in which nothing has been said yet.
func newConfiguration(path string) configuration {
	return configuration{path: path, origins: map[string]string{}}
}

// fault is one thing that is wrong in a configuration, and an error about that.
type fault struct {
	setting string // the name of the setting or section that it is about; "" for the whole file
	where   string // the file, with row and column where they are known
	what    string // a sentence that says what would be right
}

// Error is the sentence with its place.
func (f fault) Error() string { return f.where + ": " + f.what }

// isBelow reports whether the fault is about a section, or about something in it.
func (f fault) isBelow(section string) bool {
	return f.setting == section || strings.HasPrefix(f.setting, section+".")
}

// readConfig reads a configuration file for commands that do without any: what is wrong in it
// is an error, with all faults. One that no flag names need not exist.
func readConfig(path string, isGiven bool) (configuration, error) {
	c, err := readFaulty(path, isGiven)
	return c, cmp.Or(err, c.refuse())
}

// refuse returns the faults as an error, nil where there is none.
func (c *configuration) refuse() error {
	var wrong []error
	for _, f := range c.faults {
		wrong = append(wrong, f)
	}
	if wrong == nil {
		return nil
	}
	return &exit.Error{Code: exit.CodeUsage, Err: errors.Join(wrong...)}
}

// readFaulty reads a configuration that may have faults: a file, and the variables, which go
// before it. The error is about a flag: the
// file that it names does not exist.
func readFaulty(path string, isGiven bool) (configuration, error) {
	c := newConfiguration(path)
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !isGiven:
	case errors.Is(err, fs.ErrNotExist):
		return c, exit.Usage("There is no configuration file %s.", path)
	case err != nil:
		c.complain("", path, "It cannot be read: "+errors.Unwrap(err).Error()+". Nothing in it counts.")
	default:
		c.readText(text)
	}
	c.takeVariables(os.Environ())
	return c, nil
}

// readText takes the settings of a text.
func (c *configuration) readText(text []byte) {
	clean, err := backend.DecodeText(text)
	if err != nil {
		c.complain("", c.path, "It cannot be read: "+err.Error()+". Nothing in it counts.")
		return
	}
	table, where, wrong := parseConfig(c.path, clean)
	if wrong != nil {
		c.faults = append(c.faults, *wrong)
		return
	}
	c.take(table, where)
}

func (c *configuration) complain(setting, where, what string) {
	c.faults = append(c.faults, fault{setting, where, what})
}

// faultsBelow are the faults of a section.
func (c *configuration) faultsBelow(section string) []fault {
	return slices.DeleteFunc(slices.Clone(c.faults), func(f fault) bool { return !f.isBelow(section) })
}

// where is the place of a setting or a section, or of the nearest one around it that has one.
func (c *configuration) where(setting string) string {
	for setting != "" {
		if at, isKnown := c.origins[setting]; isKnown {
			return at
		}
		setting = setting[:max(0, strings.LastIndexByte(setting, '.'))]
	}
	return c.path
}

// located is an error about a setting, whose sentence begins with the name of that, with the
// place where it stands before it. It returns nil for nil.
func (c *configuration) located(err error) error {
	if err == nil {
		return nil
	}
	return exit.Usage("%s: %w", c.where(settingOf(err)), err)
}

// settingOf is the setting with whose name a sentence begins.
func settingOf(err error) string {
	name, _, _ := strings.Cut(err.Error(), " ")
	return strings.TrimRight(name, ":,")
}

// note adds an error about a setting, whose sentence begins with the name of that, to the
// faults.
func (c *configuration) note(err error) {
	setting := settingOf(err)
	if f := (fault{setting, c.where(setting), err.Error()}); !slices.Contains(c.faults, f) { // of each database that is opened
		c.faults = append(c.faults, f)
	}
}

// isColour reports whether the fault is about the colour of a context.
func (f fault) isColour() bool {
	return f.isBelow("context") && strings.Count(f.setting, ".") == 2 && strings.HasSuffix(f.setting, ".color")
}

// decidesWhere reports whether a fault may change where accounts are looked for, and messages
// and backups go. The name of a section that there is not may be meant for any other.
func (f fault) decidesWhere() bool {
	return !f.isColour() && !f.isBelow("console") && !f.isBelow("serve") && !f.isBelow("delivery.proof_days")
}

// whyReadOnly says why a console on a database changes nothing: it may be another database
// than the one that was meant, or its messages and backups may go elsewhere. It is "" where
// nothing of that kind is wrong. isNamed: flags name the database, so that no context can have
// been meant.
func (c *configuration) whyReadOnly(isNamed bool) string {
	for _, f := range c.faults {
		if f.decidesWhere() && !(isNamed && f.isBelow("context")) {
			return fmt.Sprintf("Opened for reading only, since accounts, messages or backups may belong elsewhere: correct %s, and start again.", fromHome(f.where))
		}
	}
	return ""
}

// sentences are the faults, for people in the console.
func (c *configuration) sentences() []string {
	var list []string
	for _, f := range slices.Concat(c.faults, c.strange) {
		list = append(list, f.Error())
	}
	return shortened(list)
}

// shortened are sentences with fromHome.
func shortened(list []string) []string {
	for i, sentence := range list {
		list[i] = fromHome(sentence)
	}
	return list
}

// fromHome is a sentence that begins with a path, which begins with ~ where it is below the home
// folder: there is little room in the console.
func fromHome(sentence string) string {
	if home, err := os.UserHomeDir(); err == nil && filepath.IsAbs(home) {
		if rest, isBelow := strings.CutPrefix(sentence, filepath.Clean(home)+string(filepath.Separator)); isBelow {
			return "~" + string(filepath.Separator) + rest
		}
	}
	return sentence
}

// noteFault adds the fault that an error has in it, unless it is known.
func (c *configuration) noteFault(err error) {
	var f fault
	if errors.As(err, &f) && !slices.Contains(c.faults, f) {
		c.faults = append(c.faults, f)
	}
}
