package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/command"
)

// readKeys reads the file in which a person gives actions other keys, such as
// channels.test = ["t", "ctrl+t"]. What is wrong in it is told in sentences that name the row;
// the actions that these are about, or all where the file cannot be read, keep their usual
// keys. A file that is not there is as an empty one.
func readKeys(path string) (keymap.Map, []string) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return keymap.New(), nil
	}
	clean := ""
	if err == nil {
		clean, err = backend.DecodeText(text)
	}
	if err != nil {
		return keymap.New(), []string{fmt.Sprintf("%s cannot be read: %v.", path, err)}
	}
	var whole map[string]any
	if err := toml.Unmarshal([]byte(clean), &whole); err != nil { // syntax, and keys that are there twice
		where, what := tomlError(err)
		return keymap.New(), []string{fmt.Sprintf("%s: %s No key was changed.", strings.TrimSuffix(path+": "+where, ": "), what)}
	}
	file := keysFile{path: path}
	file.parse([]byte(clean))
	keys, refused := keymap.Custom(file.bindings)
	for _, r := range refused {
		why := r.Why
		if meant := usage.Closest(string(file.bindings[r.Binding].ID), actionIDs()); meant != "" && keys.Action(file.bindings[r.Binding].ID).ID == "" {
			why = fmt.Sprintf("%s Did you mean %q?", why, meant)
		}
		at := file.places[r.Binding]
		if r.Key >= 0 {
			file.complain(at.keys[r.Key], why)
		} else {
			file.complain(at.action, why)
		}
	}
	return keys, file.sentences()
}

// keysFile is a file of keys while it is read.
type keysFile struct {
	path     string
	bindings []keymap.Binding
	places   []place // of the bindings
	wrong    []complaint
}

// place is where a binding is in the file.
type place struct {
	action unstable.Position
	keys   []unstable.Position
}

// complaint is what is wrong at a place.
type complaint struct {
	at   unstable.Position
	what string
}

// parse reads the bindings of a text that is TOML.
func (f *keysFile) parse(text []byte) {
	var p unstable.Parser
	p.Reset(text)
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		id, at := "", unstable.Position{}
		for key := e.Key(); key.Next(); {
			if id == "" {
				at = p.Shape(key.Node().Raw).Start
			}
			id += "." + string(key.Node().Data)
		}
		if e.Kind != unstable.KeyValue {
			table = id
			continue
		}
		var keys []string
		here := place{action: at}
		nodes, isRight := keysOf(e.Value())
		for _, node := range nodes {
			keys, here.keys = append(keys, string(node.Data)), append(here.keys, p.Shape(node.Raw).Start)
		}
		if !isRight {
			f.complain(at, `write a key in quotes, or a list of them, such as ["t", "ctrl+t"]; [] for none.`)
			continue
		}
		f.bindings = append(f.bindings, keymap.Binding{ID: keymap.ID(strings.TrimPrefix(table+id, ".")), Keys: keys})
		f.places = append(f.places, here)
	}
}

func (f *keysFile) complain(at unstable.Position, what string) {
	f.wrong = append(f.wrong, complaint{at, what})
}

// sentences are the complaints in the order of the file.
func (f *keysFile) sentences() (list []string) {
	slices.SortStableFunc(f.wrong, func(a, b complaint) int { return a.at.Line - b.at.Line })
	for _, c := range f.wrong {
		list = append(list, fmt.Sprintf("%s: row %d, column %d: %s The usual keys stand.", f.path, c.at.Line, c.at.Column, c.what))
	}
	return list
}

// keysOf are the nodes of the keys that a value names: one in quotes, or a list of such.
func keysOf(value *unstable.Node) (keys []*unstable.Node, isRight bool) {
	if value.Kind == unstable.String {
		return []*unstable.Node{value}, true
	}
	for each := value.Children(); each.Next(); {
		if each.Node().Kind != unstable.String {
			return nil, false
		}
		keys = append(keys, each.Node())
	}
	return keys, value.Kind == unstable.Array
}

func actionIDs() []string {
	var ids []string
	for _, a := range keymap.New().All() {
		ids = append(ids, string(a.ID))
	}
	return ids
}

// actionLine is an action of the console as JSON.
type actionLine struct {
	Name  string   `json:"name"` // in keys.toml
	What  string   `json:"what"`
	Where string   `json:"where"`
	Keys  []string `json:"keys"`
	shown string
}

// keysCommand prints every action with its keys, as they are with the file of keys.
func keysCommand() *cobra.Command {
	c := &cobra.Command{Use: "keys", Short: "print every action with its keys", Example: "pinghome keys",
		Long: "Prints every action of the console with its keys and its name in keys.toml, in which\nit can be given others:\n\n  channels.test = [\"t\", \"ctrl+t\"]\n  app.undo = []\n\n\"pinghome paths\" prints where that file is."}
	list := command.NewPrinter[actionLine](c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := list.Check(args); err != nil {
			return err
		}
		p, err := findPaths("")
		if err != nil {
			return err
		}
		keys, wrong := readKeys(p.keys)
		var lines []actionLine
		for _, a := range keys.All() {
			lines = append(lines, actionLine{string(a.ID), a.Title, string(a.Where), a.Keys, a.AllKeys()})
		}
		err = list.Print(c.OutOrStdout(), lines, func(a actionLine) []string {
			return []string{a.shown, a.Where, a.What, a.Name}
		}, 0, "KEYS", "WHERE", "WHAT", "NAME")
		if err != nil || len(wrong) == 0 {
			return err
		}
		sentences := make([]error, len(wrong))
		for i, sentence := range wrong {
			sentences[i] = errors.New(sentence)
		}
		return &exit.Error{Code: exit.CodeUsage, Err: errors.Join(sentences...)}
	}
	return c
}
