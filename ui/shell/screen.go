package shell

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// screen is one of the tabs. It draws itself into the room that the frame
// leaves, lists its actions and recognises its own facts.
type Screen interface {
	// Init reads what the screen shows and finds its drafts, once for an account.
	Init() tea.Cmd
	// Load reads again.
	Load() tea.Cmd
	// Update takes a fact; most are not this screen's.
	Update(fact tea.Msg) tea.Cmd
	// Scope is where the screen's keys stand in the table. It also names the
	// screen.
	Scope() keymap.Scope
	// TypingScope is where keys are looked up while text is typed, and "" while
	// letters are keys.
	TypingScope() keymap.Scope
	// Type takes a key of that text, one that is no action of the TypingScope.
	Type(msg tea.KeyMsg) tea.Cmd
	// Actions lists what can be done at this moment, or why it cannot: those of
	// the TypingScope while text is typed, else those of the Scope and of Anywhere.
	Actions() []Action
	// View draws exactly w by h cells.
	View(w, h int) []string
	// Title and Badge make the tab.
	Title() string
	Badge() string
	// Status is the line above the footer: left while there is no notice, and right.
	Status() (left, right string)
}

// action is one thing that can be done: all that dispatch, footer and help
// know of it. Its keys and words stand in the table of package keymap.
type Action struct {
	ID keymap.ID
	// do does it. An action of a screen without it is done by the root's action
	// with the same id.
	Do func() tea.Cmd
	// off says why it cannot be done now, "" when it can; nil: it always can.
	Off func() string
	// place is where it stands in the footer now, from 1 on; 0 or nil: nowhere.
	Place func() int
}

// whyOff says why the action cannot be done now, "" when it can.
func (a Action) WhyOff() string {
	if a.Off == nil {
		return ""
	}
	return a.Off()
}

// findAction returns the action with this id, the zero action when there is none.
func FindAction(list []Action, id keymap.ID) (Action, bool) {
	i := slices.IndexFunc(list, func(a Action) bool { return a.ID == id })
	if i < 0 {
		return Action{}, false
	}
	return list[i], true
}

// footerOf lists the actions worth showing in the footer now, in their order.
func Footer(list []Action) []keymap.ID {
	type entry struct {
		place int
		id    keymap.ID
	}
	var entries []entry
	for _, a := range list {
		if a.Place == nil {
			continue
		}
		if place := a.Place(); place > 0 {
			entries = append(entries, entry{place, a.ID})
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return a.place - b.place })
	ids := make([]keymap.ID, len(entries))
	for i, e := range entries {
		ids[i] = e.id
	}
	return ids
}

// at is a place in the footer that never changes.
func At(place int) func() int { return func() int { return place } }

// offHere is a reason that always counts: the screen has nothing of the kind.
func AlwaysOff(why string) func() string { return func() string { return why } }

// andThen has every action of the list followed by what comes of it.
func AndThen(list []Action, follow func() tea.Cmd) []Action {
	for i, a := range list {
		if a.Do != nil {
			list[i].Do = func() tea.Cmd {
				cmd := a.Do()
				return tea.Batch(cmd, follow())
			}
		}
	}
	return list
}

// goToMsg puts the screen with this scope in front.
type GoToMsg struct{ Screen keymap.Scope }

func GoTo(screen keymap.Scope) tea.Cmd { return func() tea.Msg { return GoToMsg{screen} } }

// ActMsg asks for an action, as if its key had been pressed.
type ActMsg struct{ ID keymap.ID }
