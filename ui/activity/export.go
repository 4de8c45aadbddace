package activity

import (
	"context"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/export"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// exportedMsg: entries were written to a file, or err says why not.
type exportedMsg struct {
	path  string
	count int
}

// openExport asks for the file. Its ending says the format.
func (s *screen) openExport() tea.Cmd {
	sh, view := s.shell, s.shell.Session.View
	query := backend.JournalQuery{Limit: 1000, Kinds: s.keptKinds(), Match: s.find.Text()}
	shown, isOld := s.shown, view.Lacks(backend.FeatureUndo) != ""
	name := "activity-" + shell.Day(sh.Now) + ".jsonl"
	return sh.OpenForm(&shell.FormDialog{
		Name: "export", Title: "Export the activity",
		Form: form.New(form.Entry{Name: "file", Label: "File", Field: form.NewInput(name, name), Check: export.CheckPath}),
		Note: func() string {
			return "All entries that the list keeps, with addresses in full. .jsonl has a JSON object on each line, .csv is for spreadsheets. A file that is there is not replaced."
		},
		Save: func(ctx context.Context, values map[string]string) (tea.Msg, error) {
			count, path, err := write(values["file"], func(add func([]backend.JournalEntry) error) error {
				if isOld {
					return add(shown)
				}
				return eachPage(ctx, view, query, add)
			})
			return exportedMsg{path, count}, err
		},
	})
}

// eachPage passes all entries that the query keeps on, page by page.
func eachPage(ctx context.Context, view backend.Backend, q backend.JournalQuery, add func([]backend.JournalEntry) error) error {
	for {
		page, err := view.Journal(ctx, q)
		if err != nil {
			return err
		}
		if err := add(page.Entries); err != nil {
			return err
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// write writes the entries to a file.
func write(path string, entries func(add func([]backend.JournalEntry) error) error) (count int, at string, err error) {
	f, err := export.Create(path)
	if err != nil {
		return 0, "", err
	}
	if f.IsCSV() {
		err = f.Row("id", "at", "who", "address", "action", "detail", "before", "after", "undoes")
	}
	if err == nil {
		err = entries(func(list []backend.JournalEntry) error {
			for _, e := range list {
				if err := writeEntry(f, e); err != nil {
					return err
				}
				count++
			}
			return nil
		})
	}
	return count, f.Path(), f.Finish(err)
}

func writeEntry(f *export.File, e backend.JournalEntry) error {
	w := export.OfEntry(e)
	if !f.IsCSV() {
		return f.Object(w)
	}
	return f.Row(w.ID, w.At, w.Who, w.Address, w.Action, w.Detail, partsText(e, true), partsText(e, false), w.Undoes)
}

// partsText is what an entry has before or after in one line.
func partsText(e backend.JournalEntry, isBefore bool) string {
	var texts []string
	for _, p := range parts(e) {
		text := p.after
		if isBefore {
			text = p.before
		}
		texts = append(texts, p.name+": "+text)
	}
	return strings.Join(texts, "; ")
}

func (m exportedMsg) applyTo(s *screen) tea.Cmd {
	noun := "entries"
	if m.count == 1 {
		noun = "entry"
	}
	s.shell.Tell(shell.Good, "%s %s written to %s", shell.Number(m.count), noun, safe.Text(filepath.Clean(m.path)))
	return nil
}
