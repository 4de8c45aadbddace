package ui

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
)

// far is a backend behind a line that can be cut, in front of the demo.
type far struct {
	backend.Backend
	cut        bool
	unreadable error // what readings are answered
	refuses    error // what changes are answered, and not made
	lost       bool  // changes are done, and their answers lost
	lacks      map[backend.Feature]string
	calls      int
}

func (f *far) Lacks(x backend.Feature) string { return f.lacks[x] }

func (f *far) fault() error {
	f.calls++
	if f.cut {
		return backend.Errorf(backend.CodeOffline, "The server cannot be reached.")
	}
	return f.unreadable
}

func (f *far) ChannelAttempts(ctx context.Context, priority, limit int) ([]backend.Attempt, error) {
	if err := f.fault(); err != nil {
		return nil, err
	}
	return f.Backend.ChannelAttempts(ctx, priority, limit)
}

func (f *far) Profile(ctx context.Context) (backend.Profile, error) {
	if err := f.fault(); err != nil {
		return backend.Profile{}, err
	}
	return f.Backend.Profile(ctx)
}

func (f *far) Channels(ctx context.Context, filter backend.ChannelFilter) ([]backend.Channel, error) {
	if err := f.fault(); err != nil {
		return nil, err
	}
	return f.Backend.Channels(ctx, filter)
}

func (f *far) Revision(ctx context.Context) (int64, error) {
	if err := f.fault(); err != nil {
		return 0, err
	}
	return f.Backend.Revision(ctx)
}

func (f *far) SendFeedback(ctx context.Context, text string) (backend.FeedbackNote, error) {
	if err := f.fault(); err != nil {
		return backend.FeedbackNote{}, err
	}
	return f.Backend.SendFeedback(ctx, text)
}

func (f *far) UpdateName(ctx context.Context, c backend.NameChange) (backend.Profile, error) {
	if err := f.fault(); err != nil {
		return backend.Profile{}, err
	}
	return f.Backend.UpdateName(ctx, c)
}

func (f *far) CreateChannel(ctx context.Context, kind backend.ChannelType, value string) (backend.Channel, error) {
	if f.refuses != nil {
		return backend.Channel{}, f.refuses
	}
	ch, err := f.Backend.CreateChannel(ctx, kind, value)
	if err == nil && f.lost {
		return backend.Channel{}, backend.Errorf(backend.CodeUnknown, "It is not known whether this was done.")
	}
	return ch, err
}

// farVisit opens the demo behind a line.
func farVisit(t *testing.T, f *far) *visit {
	t.Helper()
	v := open(t)
	o := v.options()
	o.Start = v.opened(john)
	f.Backend = o.Start.View
	o.Start.View = f
	v.start(o)
	return v
}

func TestWhileOfflineTheLastAnswerIsShownAndNothingIsChanged(t *testing.T) {
	f := &far{}
	v := farVisit(t, f)
	v.Press("2")
	f.cut = true
	v.Pass(PollInterval)
	v.See(`✗ offline · retry 1s`, `as of 12:00`, `1  @ email`)
	v.Press("d")
	v.See(`! Changes are off while offline`)
	v.Miss(`Keep`)
	f.cut = false
	v.Pass(time.Second)
	v.Pass(2 * time.Second)
	v.See(`● demo`, `✓ The server is back`)
}

func TestASendingThatNeverArrivedStaysToldAlsoOffline(t *testing.T) {
	const words = `✗ The server cannot be reached. Nothing was sent; what you typed is kept`
	f := &far{}
	v := farVisit(t, f)
	v.Press("3", "c")
	v.Type("a thought")
	f.cut = true
	v.Press("ctrl+s")
	v.See(words)
	v.Pass(time.Minute)
	v.See(words, `✗ offline · retry \d+s · as of 12:00`, `a thought`)
	v.Press("ctrl+s")
	v.See(`✗ Sending is off while offline. What you write is kept`)
	v.Press("esc", "!")
	v.See(`✗ The server cannot be reached. Nothing was sent; what you`)
	v.Press("esc", "d") // whatever is told, the age stays
	v.Pass(time.Second)
	v.Press("2", "d")
	v.See(`! Changes are off while offline`, `as of 12:00`)
	v.Resize(40, 15)
	v.See(`✗ offline · as of 12:00`)
	v.Fits()
}

func TestAFormThatNeverArrivedSaysSoAndKeepsItsDraft(t *testing.T) {
	f := &far{}
	v := farVisit(t, f)
	v.Press("e")
	v.Type("ny")
	f.cut = true
	v.Press("ctrl+s")
	v.See(`✗ The server cannot be reached. Nothing was sent; what you`, `typed is kept`)
	v.Press("esc", "!")
	v.See(`✗ The server cannot be reached. Nothing was sent`)
}

func TestTriesGrowRarerAndRTriesNow(t *testing.T) {
	f := &far{cut: true}
	v := farVisit(t, f)
	for _, wait := range []int{1, 2, 5, 15, 30, 30} {
		v.See(fmt.Sprintf(`offline · retry %ds`, wait))
		v.Pass(time.Duration(wait) * time.Second)
	}
	asked := f.calls
	v.Pass(PollInterval)
	if f.calls != asked {
		t.Fatal("it asked before it was time")
	}
	f.cut = false
	v.Press("r")
	v.See(`Name +John`, `● demo`)
}

func TestALostAnswerIsNeitherDoneNorFailed(t *testing.T) {
	f := &far{lost: true}
	v := farVisit(t, f)
	v.Press("2", "a", "tab")
	v.Type("lost@new.example")
	v.Press("enter")
	v.See(`\? It is not known whether this was done`, `Value +lost@new.example`)
	v.Press("esc")
	v.See(`6  @ email +lo••@new.example`) // it looked by itself
}

func TestWhatAServerDoesNotHaveIsNotOffered(t *testing.T) {
	const none = "This server does not offer it."
	f := &far{lacks: map[backend.Feature]string{backend.FeatureMessages: none, backend.FeatureFeedback: none, backend.FeatureFeedbackHistory: none, backend.FeatureAccounts: none, backend.FeatureRevision: none}}
	v := farVisit(t, f)
	v.Miss(`Messages`)
	v.Press("4")
	v.See(`! This server does not offer it`)
	v.Press("3", "c")
	v.See(`! This server does not offer it`)
	v.Press("o")
	v.See(`! This server does not offer it`)
	v.Miss(`Switch account`)
	v.Press("2", "j", "j", "v")
	v.Miss(`inbox`)
}

func TestWithoutRevisionsItIsReadAgainNowAndThen(t *testing.T) {
	f := &far{lacks: map[backend.Feature]string{backend.FeatureRevision: "none"}}
	v := farVisit(t, f)
	asked := f.calls
	v.Pass(PollInterval)
	if f.calls != asked {
		t.Fatal("it asked at once")
	}
	v.Pass(15 * time.Second)
	if f.calls == asked {
		t.Fatal("it never asked")
	}
}

func TestATokenThatIsNoLongerGoodIsToldInTheServersWords(t *testing.T) {
	v := open(t)
	o := v.options()
	o.Start.View = backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) {
		return backend.Profile{}, backend.Errorf(backend.CodeUnauthorized, "The token has expired. Ask for a new one.")
	}}
	v.start(o)
	v.See(`Nothing more can be done here`, `The token has expired`)
}

// damaged is a backend whose channels cannot be read.
type damaged struct {
	backend.Backend
	broken bool
}

func (u *damaged) Channels(ctx context.Context, f backend.ChannelFilter) ([]backend.Channel, error) {
	if u.broken {
		return nil, backend.Errorf(backend.CodeUnavailable, "The database is damaged.")
	}
	return u.Backend.Channels(ctx, f)
}
