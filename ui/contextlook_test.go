package ui_test

import (
	"context"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/theme"
	"github.com/account-settings/pinghome/ui/uitest"
)

// themed returns a change for Restart that draws with a theme that can be changed.
func themed(o theme.Options) func(*ui.Options) {
	return func(options *ui.Options) { options.Shell.Theme = &o }
}

// inProduction returns a change for Restart that has a context with a label, in which nothing can
// be changed, and John's account beside it.
func inProduction(v *uitest.Visit) func(*ui.Options) {
	return func(o *ui.Options) {
		o.Context = "play"
		o.Contexts = []ui.Context{{Name: "play", Place: "remote play.example"}, {Name: "production", Place: "remote ops.example, read-only", Open: func(context.Context) (ui.Opened, error) {
			opened := v.Account(uitest.John)
			opened.Place, opened.Context, opened.Colour, opened.WhyReadOnly = "remote ops.example", "production", "red", "Opened for reading only, as the context says."
			return opened, nil
		}}}
	}
}

// TestAContextThatOnlyReadsLooksIt, in colours and without any, and so does its name.
func TestAContextThatOnlyReadsLooksIt(t *testing.T) {
	for name, want := range map[string]struct{ label, frame string }{
		"auto": {"\x1b[1;7;31m production \x1b[0m", "\x1b[38;2;242;193;78m╭"}, "mono": {"\x1b[1;7m production \x1b[0m", "\x1b[1m╭"},
	} {
		v := uitest.Open(t)
		v.Restart(inProduction(v), themed(theme.Options{Name: name, Ground: theme.DarkGround, Profile: termenv.TrueColor}))
		v.Press("2")
		if strings.Contains(v.Screen(), want.label) {
			t.Errorf("the label is there before the context is open")
		}
		v.Press(":")
		v.Type("context production")
		v.Press("enter", "2")
		if screen := v.Screen(); !strings.Contains(screen, want.label) || !strings.Contains(screen, "read-only") || !strings.Contains(screen, want.frame) {
			t.Errorf("%s draws %q", name, screen)
		}
	}
}

// TestNothingIsChangedInAContextThatOnlyReads, also in another account of it, and it is changed
// again where the context allows it.
func TestNothingIsChangedInAContextThatOnlyReads(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(inProduction(v))
	v.Press(":")
	v.Type("context production")
	v.See(`Context: production +remote ops.example, read-only`)
	v.Press("enter", "2", "s")
	v.See(`read-only   production  ● remote ops.example`, `Opened for reading only, as the context says`, `work +jo.* on `)
	v.Press("o")
	v.Type("smits")
	v.Press("enter", "2", "s")
	v.See(`Anna Smits`, `read-only   production `, `Opened for reading only, as the context says`)
	for _, size := range [][2]int{{40, 15}, {70, 24}, {120, 40}, {200, 60}} {
		v.Resize(size[0], size[1])
		v.See(`read-only`, ` production `, `Anna`)
	}
}
