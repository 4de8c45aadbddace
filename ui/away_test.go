package ui_test

import (
	"context"
	"fmt"
	"testing"
	"time"
	"unicode"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// awayServer is a server that does not answer, or refuses, while err is set. Then it
// opens John's account.
type awayServer struct {
	err   error
	tries int // after the one before the console opened
}

var errUnreachable = backend.Errorf(backend.CodeOffline, "The server cannot be reached: nothing answers there.")

// openAway opens a console whose server did not answer.
func openAway(t *testing.T, s *awayServer) *uitest.Visit {
	t.Helper()
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) {
		o.Shell.Place = "remote accounts.example"
		o.Start, o.Away = ui.Opened{}, &ui.Away{Server: "https://accounts.example", Err: s.err, Open: func(context.Context) (ui.Opened, error) {
			s.tries++
			if s.err != nil {
				return ui.Opened{}, s.err
			}
			return v.Account(uitest.John), nil
		}}
	})
	return v
}

func TestConsoleWaitsForItsServer(t *testing.T) {
	s := &awayServer{err: errUnreachable}
	v := openAway(t, s)
	v.See(`remote accounts.example +✗ offline `, `No answer from the server`, `https://accounts.example`, `nothing answers there`,
		`Tried since 12:00:00, once so far. The next try is in 1s`, `Check the address, and whether`, `nothing was read yet · changes are off · r tries now`)
	v.Fits()
	for i, wait := range []int{1, 2, 5, 15, 30, 30} {
		v.See(fmt.Sprintf(`in %ds\.`, wait))
		if s.tries != i {
			t.Fatalf("%d tries after %d", s.tries, i)
		}
		v.Pass(time.Duration(wait)*time.Second - ui.PollInterval)
		if s.tries != i {
			t.Fatal("it asked before it was time")
		}
		v.Poll()
	}
	s.err = nil
	v.Pass(30 * time.Second)
	v.See(`\[1 Profile\]`, `Name +John`, `● remote accounts.example`, `✓ The server answers`)
	v.Pass(time.Second)
	if v.Press("e"); s.tries != 7 {
		t.Fatalf("%d tries", s.tries)
	}
	v.See(`Edit name`) // and changes are on
}

func TestWaitingConsoleCanTryAtOnceShowHelpAndQuit(t *testing.T) {
	s := &awayServer{err: errUnreachable}
	v := openAway(t, s)
	v.Press("2")
	v.See(`There is nothing here until the server answers`)
	v.Press("?")
	v.See(`try now +r F5 enter`)
	v.Press("esc", "r")
	if s.tries != 1 {
		t.Fatalf("%d tries", s.tries)
	}
	for _, key := range []string{"q", "ctrl+c"} {
		if v := openAway(t, s); !v.HasQuit {
			if v.Press(key); !v.HasQuit {
				t.Fatalf("%s left it open", key)
			}
		}
	}
	s.err = nil
	v.Press("r")
	v.See(`Name +John`)
}

func TestServerThatRefusesIsAskedAgainOnlyOnRequest(t *testing.T) {
	s := &awayServer{err: errUnreachable}
	v := openAway(t, s)
	s.err = backend.Errorf(backend.CodeUnauthorized, "The server does not accept the token.")
	v.Pass(time.Second)
	v.See(`✗ refused`, `The server refuses`, `does not accept the token`, `r tries again`)
	v.Miss(`retry`)
	v.Pass(time.Hour)
	if s.tries != 1 {
		t.Fatalf("%d tries", s.tries)
	}
	s.err = nil // another token in the file
	v.Press("r")
	v.See(`Name +John`)
}

func TestWaitingConsoleFillsEveryWindow(t *testing.T) {
	for _, answer := range []struct {
		err     error
		isASCII bool // as it is shown
	}{
		{errUnreachable, true},
		{backend.Errorf(backend.CodeOffline, "\x1b[2J\u202eevil\r%s", "The server cannot be reached: it took too long to answer, and then the line was closed."), false},
		{backend.Errorf(backend.CodeNotFound, "There is no account \"x\"."), true},
	} {
		v := openAway(t, &awayServer{err: answer.err})
		v.Restart(uitest.ASCII(), func(o *ui.Options) {
			o.Start = ui.Opened{}
			o.Away = &ui.Away{Server: "https://a.very.long.name.of.a.server.that.goes.on.and.on.example/customer-query/v1", Err: answer.err}
		})
		for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}, {69, 19}, {70, 20}, {39, 15}, {1, 1}, {200, 15}} {
			v.Resize(size[0], size[1])
			v.Fits()
			for _, r := range v.Screen() {
				if r != '\n' && unicode.IsControl(r) || r == '\u202e' || r > 0x7e && answer.isASCII {
					t.Fatalf("%dx%d shows %q:\n%s", size[0], size[1], r, v.Screen())
				}
			}
		}
	}
}

// TestConsoleConnectsOverASlowLine: that the first answer takes its time is no fault yet.
func TestConsoleConnectsOverASlowLine(t *testing.T) {
	v := uitest.Open(t)
	v.Model = ui.New(v.Options(func(o *ui.Options) {
		o.Shell.Place = "remote accounts.example"
		o.Start, o.Away = ui.Opened{}, &ui.Away{Server: "https://accounts.example", Open: func(context.Context) (ui.Opened, error) { return v.Account(uitest.John), nil }}
	}))
	answer := v.Model.Init()
	v.Resize(80, 24)
	v.See(`remote accounts.example +\S connecting`, `─ Connecting ─`, `https://accounts.example`, `Waiting for its first answer since 12:00:00`, `opens by itself`)
	v.Miss(`offline`, `✗`, `No answer`, `tries now`, `r try now`)
	v.Fits()
	v.Run(answer)
	v.See(`\[1 Profile\]`, `Name +John`, `● remote accounts.example`)
	v.Miss(`The server answers`)
}
