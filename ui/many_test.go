package ui_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

// manyChannels is a backend of an account with far more channels than any plan has here, as a
// server may answer.
type manyChannels struct {
	backend.Backend
	list []backend.Channel
}

func (m *manyChannels) Channels(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
	return slices.Clone(m.list), nil
}

// labels of several scripts, widths and directions.
var manyLabels = []string{"", "work", "日本語のラベル", "Ямщик за рулём", "مناوبة ليلية", "👩‍👩‍👧‍👦🇦🇿", "a\u0301\u0301\u0301\u0301", "very long label of a channel that goes on and on"}

func newManyChannels(b backend.Backend, n int) *manyChannels {
	m := &manyChannels{Backend: b}
	for i := range n {
		kind := backend.ChannelTypes[i%len(backend.ChannelTypes)]
		value := map[backend.ChannelType]string{backend.TypeEmail: "c%d@many.example", backend.TypeSMS: "+99455%07d",
			backend.TypePush: "https://push.example.com/%d", backend.TypeWebhook: "https://hooks.example.com/%d"}[kind]
		ch := backend.Channel{Priority: i + 1, Type: kind, Value: fmt.Sprintf(value, i), Label: manyLabels[i%len(manyLabels)], Enabled: i%3 > 0, CreatedAt: uitest.Noon.Add(-time.Duration(i) * time.Hour)}
		if i%5 > 0 {
			ch.ActiveValue, ch.Verified, ch.VerifiedAt = ch.Value, true, ch.CreatedAt
		}
		m.list = append(m.list, ch)
	}
	return m
}

// TestTenThousandChannels in windows of every size, with a clock that jumps: no key breaks the frame.
func TestTenThousandChannels(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 13)) // the same keys each time
	sizes := [][2]int{{80, 24}, {40, 15}, {120, 40}, {200, 60}, {20, 6}, {1, 1}, {300, 4}, {9, 80}}
	keys := []string{"j", "k", "G", "g", "ctrl+d", "pgup", " ", "shift+down", "/", "5", "esc", "enter", "f", "F", "K", "J", "P", "e", "m", "p", ">", "<", "-", "C", "c", "t", "s", "v", "d", "n", "y", "Y", "w", "1", "2", "6", "tab", "?", ":", "!", "o", "r", "z", "x", "S", "V", "up", "down", "left", "right"}
	n := 10_000
	if testing.Short() {
		n = 1000
	}
	v := uitest.Open(t)
	v.Restart(uitest.Behind(func(b backend.Backend) backend.Backend { return newManyChannels(b, n) }))
	v.Press("2")
	v.See(fmt.Sprintf(`1/%d `, n))
	for range 150 {
		switch n := random.IntN(30); n {
		case 0:
			size := sizes[random.IntN(len(sizes))]
			v.Resize(size[0], size[1])
		case 1:
			jumps := []time.Duration{time.Second, time.Hour, 400 * 24 * time.Hour, -time.Hour, -500 * 24 * time.Hour}
			v.Pass(jumps[random.IntN(len(jumps))])
		default:
			v.Press(keys[random.IntN(len(keys))])
		}
		v.Fits()
	}
}
