// Package quiet keeps Bubble Tea from questioning the terminal before the
// program has begun. It has nothing to call; importing it is enough.
//
// Bubble Tea v1 asks for the terminal's background in a package init: even
// `pinghome --version` writes two queries and waits up to five seconds where
// nothing answers (a pipe into a pager, a CI log, a terminal recorder). Telling
// Lip Gloss the answer first makes it ask nothing. What the background really
// is, package background finds out later, and only for the console.
//
// It works because Go initialises the packages that are ready in the order of
// their import paths: this one needs nothing but Lip Gloss, and its path sorts
// before github.com/charmbracelet/bubbletea. Give it no other import and no
// path that sorts later; a test in a terminal that answers nothing guards it.
package quiet

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
