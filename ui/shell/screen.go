package shell

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// Screen is one of the tabs. It draws the body of the console, lists its actions
// and handles its own messages.
type Screen interface {
	// Init reads what the screen shows and finds its drafts, once for an account.
	Init() tea.Cmd
	// Load reads again.
	Load() tea.Cmd
	// Update handles a message. Every screen gets every message; most are not its own.
	Update(msg tea.Msg) tea.Cmd
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
	// Spots are where the mouse can be used on what View has drawn last, in the same size.
	Spots(w, h int) []Spot
	// Title and Badge make the tab.
	Title() string
	Badge() []Part
	// Status is the line above the footer: left while there is no notice, and right.
	Status() (left Part, right string)
}

// Paged is a Screen with a page that enter opens in the place of its list.
type Paged interface {
	// InPage reports whether that page is shown.
	InPage() bool
}

// Action is one thing that can be done, as dispatch, footer and help know it. Its
// keys and its title stand in the table of package keymap under the same id.
type Action struct {
	ID keymap.ID
	// Do does it; nil: it is done elsewhere, and this only says whether it is off and
	// where it is shown. The root's action with the same id goes first: a screen's Do
	// counts only where the root has none.
	Do func() tea.Cmd
	// Off says why it cannot be done now, "" when it can; nil: it always can.
	Off func() string
	// Place is where it stands in the footer now, from 1 on; 0 or nil: nowhere.
	Place func() int
}

// WhyOff says why an action cannot be done now, "" when it can. An action that changes
// data is off in a console that only reads, and while it is offline. The reason of the
// action itself goes before being offline, because it is the more exact one.
func (s *Shell) WhyOff(a Action) string {
	changes := s.Keys.Action(a.ID).Changes
	if changes && s.ReadOnly {
		return s.WhyReadOnly()
	}
	if a.Off != nil {
		if why := a.Off(); why != "" {
			return why
		}
	}
	if changes && s.Connection.Offline {
		return s.whyOffline()
	}
	return ""
}

func (s *Shell) whyOffline() string {
	return fmt.Sprintf("Changes are off while offline. %s tries again now.", s.Keys.Key(keymap.Refresh))
}

// FindAction returns the action with this id; false when the list has none.
func FindAction(list []Action, id keymap.ID) (Action, bool) {
	i := slices.IndexFunc(list, func(a Action) bool { return a.ID == id })
	if i < 0 {
		return Action{}, false
	}
	return list[i], true
}

// Footer lists the actions that have a place in the footer now, in that order.
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

// At is a fixed place in the footer.
func At(place int) func() int { return func() int { return place } }

// AlwaysOff is the reason of an action that a screen never has.
func AlwaysOff(why string) func() string { return func() string { return why } }

// AndThen makes every action of the list run follow afterwards.
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

// GoToMsg asks for the screen with this scope. The root brings it to the front and
// delivers the message to all screens and dialogs.
type GoToMsg struct {
	Screen keymap.Scope
	// Row is where the cursor goes, shown or not until then: a channel by its priority, a
	// message by its id; "" where the cursor stays.
	Row string
	// Beside is a screen that stays in sight without the keys, "" for none.
	Beside keymap.Scope
}

// GoTo asks for the screen with this scope.
func GoTo(screen keymap.Scope) tea.Cmd { return func() tea.Msg { return GoToMsg{Screen: screen} } }

// OpenAccountMsg asks for another account, by its id.
type OpenAccountMsg struct{ ID string }

// ActMsg asks for an action, as if its key had been pressed.
type ActMsg struct{ ID keymap.ID }
