// Package quiet keeps Bubble Tea from querying the terminal when the program
// starts. It has nothing to call; importing it is enough.
//
// Bubble Tea v1 asks for the terminal's background in a package init: without
// this package even `pinghome --version` writes two queries, and waits for up to
// five seconds where nothing answers (a pipe into a pager, a CI log, a terminal
// recorder). Bubble Tea does not ask if Lip Gloss has been told the answer before.
// Package background finds out what the background really is, later, and for the
// console alone.
//
// This depends on the order of initialisation. Go initialises packages whose
// imports are initialised in the order of their import paths: this one imports
// only Lip Gloss, and its path sorts before github.com/charmbracelet/bubbletea.
// Do not add imports, or move it to a path that sorts later. A test of package
// cli, in a terminal that answers no query, fails when the order is wrong.
package quiet

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
