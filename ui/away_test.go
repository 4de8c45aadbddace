package ui

import (
	"context"
	"fmt"
	"testing"
	"time"
	"unicode"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// distant is a server that is away, refuses, or opens the demo.
type distant struct {
	err   error
	tries int
}

var errNobody = backend.Errorf(backend.CodeOffline, "The server cannot be reached: nobody answers there.")

// awayVisit opens a console whose server has not answered.
func awayVisit(t *testing.T, s *distant) *visit {
	t.Helper()
	v := open(t)
	o := v.options()
	o.Shell.Place = "remote accounts.example"
	o.Away = &Away{Server: "https://accounts.example", Err: s.err, Open: func(context.Context) (shell.Opened, error) {
		s.tries++
		if s.err != nil {
			return shell.Opened{}, s.err
		}
		return v.opened(john), nil
	}}
	v.start(o)
	return v
}

func TestAConsoleThatOpensWithoutItsServerWaitsForIt(t *testing.T) {
	s := &distant{err: errNobody}
	v := awayVisit(t, s)
	v.See(`remote accounts.example +✗ offline · retry 1s`, `No answer from the server`, `https://accounts.example`, `nobody answers there`,
		`Tried since 12:00, once so far. The next try is in 1s`, `Look whether the address is right`, `nothing was read yet · changes are off · r tries now`)
	v.Fits()
	for i, wait := range []int{1, 2, 5, 15, 30, 30} {
		v.See(fmt.Sprintf(`offline · retry %ds`, wait), fmt.Sprintf(`in %ds\.`, wait))
		if s.tries != i {
			t.Fatalf("%d tries after %d", s.tries, i)
		}
		v.Pass(time.Duration(wait)*time.Second - PollInterval)
		if s.tries != i {
			t.Fatal("it asked before it was time")
		}
		v.Pass(PollInterval)
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

func TestWhoWaitsForAServerCanTryAtOnceGetHelpAndLeave(t *testing.T) {
	s := &distant{err: errNobody}
	v := awayVisit(t, s)
	v.Press("2")
	v.See(`There is nothing here before the server has answered`)
	v.Press("?")
	v.See(`try now +r F5 enter`)
	v.Press("esc", "r")
	if s.tries != 1 {
		t.Fatalf("%d tries", s.tries)
	}
	for _, key := range []string{"q", "ctrl+c"} {
		if v := awayVisit(t, s); !v.HasQuit {
			if v.Press(key); !v.HasQuit {
				t.Fatalf("%s left it open", key)
			}
		}
	}
	s.err = nil
	v.Press("r")
	v.See(`Name +John`)
}

func TestAServerThatComesAndRefusesIsNotAskedAgainUnasked(t *testing.T) {
	s := &distant{err: errNobody}
	v := awayVisit(t, s)
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

func TestWaitingForAServerFillsEveryWindow(t *testing.T) {
	var poison error = backend.Errorf(backend.CodeOffline, "\x1b[2J\u202eevil\r%s", "The server cannot be reached: it took too long to answer, and then the line was closed.")
	for _, err := range []error{errNobody, poison, backend.Errorf(backend.CodeNotFound, "There is no account \"x\".")} {
		v := awayVisit(t, &distant{err: err})
		o := v.options()
		o.Shell.Look = theme.New(theme.Options{Name: "mono", ASCII: true, Profile: termenv.Ascii})
		o.Away = &Away{Server: "https://" + "a.very.long.name.of.a.server.that.goes.on.and.on.example/customer-query/v1", Err: err}
		v.start(o)
		for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}, {69, 19}, {70, 20}, {39, 15}, {1, 1}, {200, 15}} {
			v.Resize(size[0], size[1])
			v.Fits()
			for _, r := range v.Screen() {
				if r != '\n' && unicode.IsControl(r) || r == '\u202e' || r > 0x7e && err != poison {
					t.Fatalf("%dx%d shows %q:\n%s", size[0], size[1], r, v.Screen())
				}
			}
		}
	}
}
