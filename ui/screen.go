package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
)

// screen is one of the tabs. It draws itself into the room that the frame
// leaves, does its actions and recognises its own facts.
type screen interface {
	// Init reads what the screen shows and finds its drafts, once for an account.
	Init() tea.Cmd
	// Load reads again.
	Load() tea.Cmd
	// Update takes a fact; most are not this screen's.
	Update(fact tea.Msg) tea.Cmd
	// Do does an action of the screen's scope, or one that every list has.
	Do(id keymap.ID) tea.Cmd
	// Key takes keys while the screen is Capturing.
	Key(msg tea.KeyMsg) tea.Cmd
	// Capturing reports whether letters are letters now.
	Capturing() bool
	// View draws exactly w by h cells.
	View(w, h int) []string
	// Scope is where the screen's keys stand in the table.
	Scope() keymap.Scope
	// Title and Badge make the tab.
	Title() string
	Badge() string
	// Footer lists the actions worth showing now.
	Footer() []keymap.ID
	// Off says why an action cannot be done now, "" when it can.
	Off(id keymap.ID) string
	// Status is the line above the footer: left while there is no news, and right.
	Status() (left, right string)
}

// before is what stands in place of the screens until there is an account: the
// questions of the first run, or a server that has not answered yet.
type before interface {
	Init() tea.Cmd
	Update(fact tea.Msg) tea.Cmd
	Key(msg tea.KeyMsg) tea.Cmd
	// Beat lets time pass.
	Beat() tea.Cmd
	// Typing reports whether letters are letters now.
	Typing() bool
	// View draws the whole window.
	View(w, h int) []string
	scope() keymap.Scope
}

// goToMsg puts a screen in front.
type goToMsg struct{ screen int }

// The places of the screens.
const (
	atProfile = iota
	atChannels
	atFeedback
	atMessages
)

func goTo(screen int) tea.Cmd { return func() tea.Msg { return goToMsg{screen} } }
