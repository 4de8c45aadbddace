package linear

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/command"
	"github.com/account-settings/pinghome/ui/uitest"
)

// visit is a person at linear mode, on a pair of pipes. Elsewhere is another console on the same account.
type visit struct {
	t         *testing.T
	Elsewhere *uitest.Visit
	in, out   *os.File // what the person types, and what is said
	end       context.CancelFunc
	ended     chan error
}

// begin opens linear mode on the demo's data, and reads up to the first prompt.
func begin(t *testing.T, changes ...func(*ui.Options)) *visit {
	t.Helper()
	return beginOn(t, uitest.Open(t), changes...)
}

// beginOn is begin for data that were opened already.
func beginOn(t *testing.T, elsewhere *uitest.Visit, changes ...func(*ui.Options)) *visit {
	t.Helper()
	return beginWith(t, elsewhere, func(*Options) {}, changes...)
}

func beginWith(t *testing.T, elsewhere *uitest.Visit, change func(*Options), changes ...func(*ui.Options)) *visit {
	t.Helper()
	v := &visit{t: t, Elsewhere: elsewhere, ended: make(chan error, 1)}
	o := optionsOf(elsewhere, changes...)
	v.in, v.out = pipes(t, &o)
	change(&o)
	ctx, end := context.WithCancel(t.Context())
	v.end = end
	t.Cleanup(end)
	far, _ := o.Program.Out.(*os.File)
	go func() {
		err := Run(ctx, o)
		_ = far.Close() // so that the reader ends
		v.ended <- err
	}()
	return v
}

func optionsOf(elsewhere *uitest.Visit, changes ...func(*ui.Options)) Options {
	return Options{Console: elsewhere.Options(changes...), Patience: time.Hour, Program: command.Program{Data: httpapi.Data, Now: elsewhere.Clock},
		Forget: func(string, string) error { return nil }}
}

// pipes gives linear mode an input and an output, and returns their other ends.
func pipes(t *testing.T, o *Options) (in, out *os.File) {
	t.Helper()
	near, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, far, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	o.Program.In, o.Program.Out = near, far
	t.Cleanup(func() {
		for _, f := range []*os.File{near, in, out, far} {
			_ = f.Close()
		}
	})
	return in, out
}

// heard reads what is said up to the next prompt, which alone ends with a blank, or up to the end.
func (v *visit) heard() string {
	v.t.Helper()
	var said strings.Builder
	buffer := make([]byte, 1<<16)
	for {
		n, err := v.out.Read(buffer)
		said.Write(buffer[:n])
		if err != nil || n > 0 && buffer[n-1] == ' ' {
			return said.String()
		}
	}
}

// types types lines, and returns what is said after the last one.
func (v *visit) types(lines ...string) (said string) {
	v.t.Helper()
	for _, line := range lines {
		if _, err := v.in.WriteString(line + "\n"); err != nil {
			v.t.Fatal(err)
		}
		said = v.heard()
	}
	return said
}

// hears types lines, and looks for a text in what is said after the last one.
func (v *visit) hears(want string, lines ...string) {
	v.t.Helper()
	if said := v.types(lines...); !strings.Contains(said, want) {
		v.t.Errorf("after %q it says:\n%s\nwithout %q", lines, said, want)
	}
}

// wantEnd ends the input and waits for the end.
func (v *visit) wantEnd() {
	v.t.Helper()
	_ = v.in.Close()
	if err := <-v.ended; err != nil {
		v.t.Error(err)
	}
}
