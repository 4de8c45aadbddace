package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// screen is one of the tabs. It draws itself into the room that the frame
// leaves, lists its actions and recognises its own facts.
type screen interface {
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
	Actions() []action
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
type action struct {
	id keymap.ID
	// do does it. An action of a screen without it is done by the root's action
	// with the same id.
	do func() tea.Cmd
	// off says why it cannot be done now, "" when it can; nil: it always can.
	off func() string
	// place is where it stands in the footer now, from 1 on; 0 or nil: nowhere.
	place func() int
}

// whyOff says why the action cannot be done now, "" when it can.
func (a action) whyOff() string {
	if a.off == nil {
		return ""
	}
	return a.off()
}

// findAction returns the action with this id, the zero action when there is none.
func findAction(list []action, id keymap.ID) (action, bool) {
	i := slices.IndexFunc(list, func(a action) bool { return a.id == id })
	if i < 0 {
		return action{}, false
	}
	return list[i], true
}

// footerOf lists the actions worth showing in the footer now, in their order.
func footerOf(list []action) []keymap.ID {
	type entry struct {
		place int
		id    keymap.ID
	}
	var entries []entry
	for _, a := range list {
		if a.place == nil {
			continue
		}
		if place := a.place(); place > 0 {
			entries = append(entries, entry{place, a.id})
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
func at(place int) func() int { return func() int { return place } }

// offHere is a reason that always counts: the screen has nothing of the kind.
func offHere(why string) func() string { return func() string { return why } }

// andThen has every action of the list followed by what comes of it.
func andThen(list []action, follow func() tea.Cmd) []action {
	for i, a := range list {
		if a.do != nil {
			list[i].do = func() tea.Cmd {
				cmd := a.do()
				return tea.Batch(cmd, follow())
			}
		}
	}
	return list
}

// goToMsg puts the screen with this scope in front.
type goToMsg struct{ screen keymap.Scope }

func goTo(screen keymap.Scope) tea.Cmd { return func() tea.Msg { return goToMsg{screen} } }
