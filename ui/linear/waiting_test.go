package linear

import (
	"bufio"
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

// hanging is a backend that answers once it is let.
type hanging struct {
	backend.Backend
	isHanging atomic.Bool
	let       chan struct{}
}

func (h *hanging) Revision(ctx context.Context) (int64, error) {
	if h.isHanging.Load() {
		<-h.let
	}
	return h.Backend.Revision(ctx)
}

// TestAServerThatHangsIsHeardOf before it answers.
func TestAServerThatHangsIsHeardOf(t *testing.T) {
	h := &hanging{let: make(chan struct{})}
	v := beginWith(t, uitest.Open(t), func(o *Options) { o.Patience = time.Nanosecond },
		uitest.Behind(func(b backend.Backend) backend.Backend { h.Backend = b; return h }))
	v.heard()
	h.isHanging.Store(true)
	if _, err := v.in.WriteString("channels\n"); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewReader(v.out)
	for line := ""; line != "Waiting.\n"; {
		var err error
		if line, err = said.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	close(h.let)
	for line := ""; !strings.HasPrefix(line, "Channels. 5 channels"); {
		var err error
		if line, err = said.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	v.wantEnd()
}
