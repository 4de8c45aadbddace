package shell

import (
	"context"
	"path/filepath"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/export"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
)

// Export is what a list writes to a file.
type Export struct {
	Title string
	Name  string // of the file, without its ending and the day
	Noun  string // of many records
	// Write passes all records to add, in their order.
	Write func(ctx context.Context, add func(export.Record) error) error
}

// exportedMsg: records were written to a file.
type exportedMsg struct {
	path, noun string
	count      int
}

// OpenExport asks for a file, whose ending says the format, and writes it.
func (s *Shell) OpenExport(e Export) tea.Cmd {
	name := e.Name + "-" + s.Day(s.Now) + ".jsonl"
	var written atomic.Int64
	return s.OpenForm(&FormDialog{
		Name: "export " + e.Name, Title: e.Title,
		Form: form.New(form.Entry{Name: "file", Label: "File", Field: form.NewInput(name, name), Check: export.CheckPath}),
		Note: func() string {
			return ".jsonl has a JSON object on each line, .csv is for spreadsheets; addresses are in full. A file that is there is not replaced."
		},
		Progress: func() string { return Number(int(written.Load())) + " " + e.Noun + " written…" },
		Save: func(values map[string]string) func(context.Context) (tea.Msg, error) {
			return func(ctx context.Context) (tea.Msg, error) {
				f, err := export.Create(values["file"])
				if err != nil {
					return nil, err
				}
				written.Store(0)
				err = f.Finish(e.Write(ctx, func(r export.Record) error {
					written.Add(1)
					return f.Add(r)
				}))
				return exportedMsg{f.Path(), e.Noun, f.Count()}, err
			}
		},
	})
}

func (s *Shell) exported(msg exportedMsg) {
	s.Tell(Good, "%s %s written to %s", Number(msg.count), msg.noun, safe.Text(filepath.Clean(msg.path)))
}
