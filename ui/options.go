package ui

import (
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/shell"
)

// Opened is an account that was opened.
type Opened = shell.Opened

// ShellOptions are the options of what the screens share.
type ShellOptions = shell.Options

// Options make a console.
type Options struct {
	Shell ShellOptions
	Start Opened // the account to show; zero when Setup or Away is set
	Setup *Setup // the first run: asked before anything exists
	Away  *Away  // in place of Start: a server that has not answered yet
	// FirstAccount is asked once no account is left; nil: it cannot be.
	FirstAccount *Setup
	Contexts     []Context // what can be opened from here, in the order of a list
	Context      string    // the name of the one that is open, "" for none of them
	Mouse        bool      // the mouse is on from the beginning
	Title        Title
	// Opened keeps which account and screen are open, for the next start; nil: nothing does.
	Opened *draft.Store
	// Warnings are sentences about the start that a person is told in the console.
	Warnings []string
	Screen   keymap.Scope // to begin on; "" for the first one
	Tables   string       // how tables are shown, as Last has it; "" for as usual
	// Commands are the actions that were chosen last from the palette, as Last has them.
	Commands string
	// KeepSettings writes settings that were chosen into the configuration, and says where; nil:
	// there is none. It may be called from any goroutine.
	KeepSettings func([]Setting) (said string, err error)
	// Recent are the accounts that were open last where Start is, as Last has them.
	Recent string
}
