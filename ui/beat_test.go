package ui_test

import (
	"context"
	"regexp"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

// teller is a backend that tells of changes when a test signals them. Closing the
// signals ends that.
type teller struct {
	backend.Backend
	signals  chan struct{}
	asked    int           // how often Revision was called
	slow     time.Duration // what Revision takes after its reading
	slowTest time.Duration // what TestChannel takes
}

func (b *teller) AwaitChange(ctx context.Context, seen uint64) (uint64, error) {
	select {
	case _, works := <-b.signals:
		if !works {
			return seen, backend.Errorf(backend.CodeUnsupported, "no longer")
		}
		return seen + 1, nil
	case <-ctx.Done():
		return seen, ctx.Err()
	}
}

func (b *teller) Revision(ctx context.Context) (int64, error) {
	b.asked++
	r, err := b.Backend.Revision(ctx)
	time.Sleep(b.slow)
	return r, err
}

// running is a console with its timers, in a bubble of synctest.
type running struct {
	*testing.T
	visit *uitest.Visit
	begun time.Time // when it was noon
	model *ui.Model
	told  *teller
	msgs  chan tea.Msg
	ticks int
}

// inTime runs a console for a test, on a backend that tells of changes.
func inTime(t *testing.T, test func(r *running)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &running{T: t, visit: uitest.Open(t), told: &teller{signals: make(chan struct{}, 100)}, msgs: make(chan tea.Msg)}
		r.begun = time.Now()
		o := r.visit.Options(func(o *ui.Options) {
			r.told.Backend = o.Start.View
			o.Start.View = r.told
			o.Shell.Still, o.Shell.Now = false, func() time.Time { return uitest.Noon.Add(time.Since(r.begun)) }
		})
		r.model = ui.New(o)
		ended := make(chan struct{})
		defer func() {
			close(r.told.signals) // ends the watch
			r.send(ended, ui.TickMsg{})
			close(ended)
			time.Sleep(time.Hour) // what waits for a time ends
		}()
		r.run(ended, r.model.Init())
		r.send(ended, tea.WindowSizeMsg{Width: 120, Height: 40})
		r.told.signals <- struct{}{} // it works
		r.pass(5 * time.Second)
		r.ticks, r.told.asked = 0, 0
		test(r)
	})
}

func (r *running) run(ended <-chan struct{}, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		if msg == nil {
			return
		}
		select {
		case r.msgs <- msg:
		case <-ended:
		}
	}()
}

func (r *running) send(ended <-chan struct{}, msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.BatchMsg:
		for _, cmd := range msg {
			r.run(ended, cmd)
		}
		return
	case ui.TickMsg:
		r.ticks++
	}
	_, cmd := r.model.Update(msg)
	r.run(ended, cmd)
}

// pass handles messages for a while.
func (r *running) pass(span time.Duration) {
	end := time.After(span)
	for {
		select {
		case msg := <-r.msgs:
			r.send(r.Context().Done(), msg)
		case <-end:
			return
		}
	}
}

// press presses a key and lets what follows at once happen.
func (r *running) press(key string) {
	r.send(r.Context().Done(), drive.Key(key))
	r.pass(time.Millisecond)
}

func (r *running) shows(pattern string, want bool) {
	r.Helper()
	if regexp.MustCompile(pattern).MatchString(r.model.View()) != want {
		r.Fatalf("%q is there: %v\n%s", pattern, !want, r.model.View())
	}
}

func (r *running) rename(name string) {
	r.Helper()
	if _, err := r.visit.Backend().UpdateName(r.Context(), backend.NameChange{Name: &name}); err != nil {
		r.Fatal(err)
	}
}

func TestConsoleSleepsWhileNothingChanges(t *testing.T) {
	inTime(t, func(r *running) {
		const span = 5 * time.Minute
		before := r.model.View()
		r.pass(span)
		if most := int(span / (30 * time.Second)); r.ticks > most+1 || r.told.asked > most {
			r.Errorf("it looked at the clock %d times and asked %d times in %v", r.ticks, r.told.asked, span)
		}
		if r.model.View() != before {
			r.Errorf("it changed:\n%s\n%s", before, r.model.View())
		}
	})
}

func TestChangeThatIsToldShowsWithinASecond(t *testing.T) {
	inTime(t, func(r *running) {
		r.pass(13 * time.Second)
		r.rename("Johann")
		r.told.signals <- struct{}{}
		r.pass(time.Millisecond)
		r.shows("Johann", true)
		r.rename("Jack") // while the last one was only just asked
		r.told.signals <- struct{}{}
		r.pass(ui.PollInterval + time.Millisecond)
		r.shows("Jack", true)

		r.told.slow = 300 * time.Millisecond
		r.pass(13 * time.Second)
		r.told.signals <- struct{}{}
		r.pass(time.Millisecond)
		r.rename("Jim") // after the reading whose answer is on its way
		r.told.signals <- struct{}{}
		r.pass(time.Second)
		r.shows("Jim", true)
	})
}

func TestManySignalsAskFewTimes(t *testing.T) {
	inTime(t, func(r *running) {
		for range 500 {
			r.told.signals <- struct{}{}
			r.pass(10 * time.Millisecond)
		}
		if most := 2 * int(5*time.Second/ui.PollInterval); r.told.asked > most {
			r.Errorf("it asked %d times in 5 s", r.told.asked)
		}
	})
}

func TestChangesThatAreNotToldArePolled(t *testing.T) {
	inTime(t, func(r *running) {
		r.pass(13 * time.Second)
		r.rename("Missed")
		r.pass(31 * time.Second)
		r.shows("Missed", true)
		close(r.told.signals)
		r.pass(time.Second)
		r.rename("Polled")
		r.pass(time.Second)
		r.shows("Polled", true)
		r.told.signals = make(chan struct{})
	})
}

func TestTextsChangeWithTheTime(t *testing.T) {
	inTime(t, func(r *running) {
		r.press("2")
		r.press("a")
		r.press("enter")
		for _, key := range "late@example.org" {
			r.press(string(key))
		}
		r.press("enter")
		r.pass(1037 * time.Millisecond) // not with the seconds of the code
		r.shows(`Expires in 9:5\d`, true)
		r.ticks = 0
		last := r.model.View()
		for range 20 { // a countdown
			r.pass(time.Second)
			if r.model.View() == last {
				r.Fatalf("it has not changed for a second:\n%s", last)
			}
			last = r.model.View()
		}
		if r.ticks > 20+2 {
			r.Errorf("%d looks at the clock in 20 s", r.ticks)
		}
		r.press("esc")
		r.send(r.Context().Done(), tea.WindowSizeMsg{Width: 80, Height: 24})
		r.press("g")
		r.press("enter")
		r.press("t") // at noon, by the clock of the database
		r.shows(`held just now`, true)
		r.pass(time.Until(r.begun.Add(time.Minute - time.Millisecond)))
		r.shows(`held just now`, true)
		r.pass(ui.PollInterval)
		r.shows(`held 1m ago`, true)
	})
}

func TestNoticesAndDraftsAreOnTime(t *testing.T) {
	inTime(t, func(r *running) {
		r.press("z")
		r.shows("Nothing to undo", true)
		r.pass(uitest.WarningTime - 100*time.Millisecond)
		r.shows("Nothing to undo", true)
		r.pass(100*time.Millisecond + ui.PollInterval)
		r.shows("Nothing to undo", false)
		r.pass(20 * time.Second)
		r.press("e")
		r.press("x")
		r.pass(ui.PollInterval + time.Millisecond)
		if n := r.visit.DraftFiles(); n != 1 {
			r.Errorf("%d drafts were written", n)
		}
	})
}
