package shell

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/safe"
)

// What is said of a draft is what its last write said.

// draftsWritten is what became of the drafts that were written at once: the keys, with
// false for a draft that was deleted, and those of which the write failed.
type draftsWritten struct {
	keys  map[string]bool
	fails map[string]error
}

// saved notes what became of drafts. What could not be written is written with the next
// change, and at the end.
func (d *Drafts) saved(w draftsWritten) {
	d.busy = false
	for key, isWritten := range w.keys {
		if err := w.fails[key]; err != nil {
			d.fails[key] = err
		} else {
			delete(d.fails, key)
			d.written[key] = isWritten
		}
	}
}

// fault is why a draft is not kept, a clause; "" when all are.
func (d *Drafts) fault() string {
	for _, key := range d.unkept() {
		return reasonOf(d.fails[key])
	}
	return ""
}

// reasonOf is why a file could not be written, in a few words.
func reasonOf(err error) string {
	if fault, isPath := errors.AsType[*fs.PathError](err); isPath {
		return fault.Err.Error()
	}
	return err.Error()
}

// unkept are the keys of the drafts of which the last write failed, in order. Where one that
// was dropped could not be deleted, nothing is lost.
func (d *Drafts) unkept() (keys []string) {
	for key := range d.fails {
		if hasText(plain(d.typed[key])) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func hasText(values map[string]string) bool {
	return slices.ContainsFunc(slices.Collect(maps.Values(values)), func(text string) bool { return strings.TrimSpace(text) != "" })
}

// Kept reports whether the draft of a form has been written, and why its last write
// failed: a clause, "" when it did not. Before the first write neither is so. Without a
// store it is kept until the end of the program.
func (d *Drafts) Kept(form string) (isKept bool, fault string) {
	key := d.Key(form)
	if err := d.fails[key]; err != nil {
		return false, reasonOf(err)
	}
	return d.store == nil || d.written[key], ""
}

// Outlast reports whether drafts are still there at the next start.
func (d *Drafts) Outlast() bool { return d.store != nil }

// KeptText is a clause that says which drafts have been typed and are kept; "" for none.
func (d *Drafts) KeptText() string {
	var names []string
	for key, values := range d.typed {
		if d.store != nil && d.fails[key] == nil && hasText(plain(values)) {
			names = append(names, d.nameOf(key))
		}
	}
	slices.Sort(names)
	switch len(names) {
	case 0:
		return ""
	case 1:
		return "a draft of " + names[0] + " is kept"
	case 2:
		return "drafts of " + names[0] + " and " + names[1] + " are kept"
	}
	return fmt.Sprintf("%d drafts are kept", len(names))
}

// nameOf is the title of a draft's form, in quotes.
func (d *Drafts) nameOf(key string) string {
	_, form, _ := strings.Cut(key, draft.Group)
	return strconv.Quote(cmp.Or(d.titles[key], Capitalized(form)))
}

// Unkept is what was typed and could not be kept, for a person to copy: a line that says
// why, and the texts as they would be shown; "" for nothing. It is for the end, when no
// more messages are handled.
func (d *Drafts) Unkept() string {
	var b strings.Builder
	for _, key := range d.unkept() {
		fmt.Fprintf(&b, "The draft of %s is not kept: %s. This was typed:\n", d.nameOf(key), safe.Text(d.fails[key].Error()))
		values := plain(d.typed[key])
		for _, field := range slices.Sorted(maps.Keys(values)) {
			if strings.TrimSpace(values[field]) == "" {
				continue
			}
			if len(values) > 1 {
				fmt.Fprintf(&b, "%s: ", safe.Text(field))
			}
			b.WriteString(strings.Join(safe.Lines(values[field]), "\n") + "\n")
		}
	}
	return b.String()
}

// notKept tells that drafts could not be written, once for each fault.
func (s *Shell) notKept(w draftsWritten) {
	before := s.Drafts.fault()
	s.Drafts.saved(w)
	if fault := s.Drafts.fault(); fault != "" && fault != before {
		s.Tell(Warning, "What you typed could not be kept as a draft: %v", s.Drafts.fails[s.Drafts.unkept()[0]])
	}
}

// quitWrittenMsg: the last write before the end has ended.
type quitWrittenMsg struct {
	draftsWritten
	now bool // the end does not wait for an answer
}

// QuitCmd writes what changed and ends the program. Where something could not be kept, it
// says so once and stays, unless the end is now.
func (s *Shell) QuitCmd(now bool) tea.Cmd {
	write := s.Drafts.writer()
	return func() tea.Msg { return quitWrittenMsg{write(), now} }
}

func (s *Shell) quitWritten(m quitWrittenMsg) tea.Cmd {
	s.Drafts.saved(m.draftsWritten)
	fault := s.Drafts.fault()
	if fault == "" || m.now || s.Drafts.isToldAtEnd {
		return tea.Quit
	}
	s.Drafts.isToldAtEnd = true
	s.Tell(Failure, "Not kept: %s. %s again leaves, and prints what you typed.", fault, s.Keys.Key(keymap.Quit))
	return nil
}

// FlushDrafts writes what changed at once, for when no more messages are handled.
func (s *Shell) FlushDrafts() { s.Drafts.saved(s.Drafts.writer()()) }

// labelOf is the label of an action in hints. What is said of drafts there is left out
// where one is not kept.
func (s *Shell) labelOf(a keymap.Action) string {
	if (a.ID == keymap.FormClose || a.ID == keymap.ComposeLeave) && s.Drafts.fault() != "" {
		return "leave"
	}
	return a.Label
}
