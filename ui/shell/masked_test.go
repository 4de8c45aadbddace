package shell_test

import (
	"context"
	"fmt"
	"regexp"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

// withTwenty is a backend with twenty channels that look much alike.
type withTwenty struct{ backend.Backend }

func (withTwenty) Channels(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
	var list []backend.Channel
	for n := range 5 {
		for _, c := range []struct {
			kind  backend.ChannelType
			value string
		}{
			{backend.TypeWebhook, fmt.Sprintf("https://hooks.example.com/services/%d/secret", n)},
			{backend.TypeWebhook, fmt.Sprintf("https://hooks.%d.very-long-name.example.com/services/secret", n)},
			{backend.TypeEmail, fmt.Sprintf("al.%d@very-long-name-of-a-domain.example", n)},
			{backend.TypePush, fmt.Sprintf("https://push.example.com/%d/device/0beef", n)},
		} {
			list = append(list, backend.Channel{Type: c.kind, Value: c.value, ActiveValue: c.value, Verified: true, Enabled: true, Priority: len(list) + 1})
		}
	}
	return list, nil
}

func TestTwentyChannelsAreToldApart(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(uitest.Behind(func(b backend.Backend) backend.Backend { return withTwenty{b} }))
	v.Press("2")
	for _, size := range [][2]int{{80, 29}, {40, 30}, {120, 40}, {200, 60}} {
		v.Resize(size[0], size[1])
		seen := map[string]bool{}
		for _, row := range regexp.MustCompile(`(?m)(?:^|│)[▌ ]+\d+ +[@⇄⚑] (?:email|webhook|push)? *(\S*•\S*)`).FindAllStringSubmatch(v.Screen(), -1) {
			seen[row[1]] = true
		}
		if len(seen) != 20 {
			t.Errorf("%d different values of 20 channels:\n%s", len(seen), v.Screen())
		}
	}
}

// TestValueHasOneMaskOnEveryScreen: a value that looks like another shows a little more, in
// lists, dialogs and messages alike.
func TestValueHasOneMaskOnEveryScreen(t *testing.T) {
	v := uitest.Open(t, "2")
	v.See(`jo••@ping-home.org`)
	v.Press("a")
	v.Type("john.smyth@ping-home.org")
	v.Press("enter")
	v.See(`Type the 6-digit code for jo••y••@ping-home.org`, `It is held on this machine: ctrl\+o shows it`)
	v.Press("esc")
	v.Resize(120, 40)
	for _, screen := range []string{"1", "2", "5"} {
		v.Press(screen)
		v.See(`jo••i••@\S+ome.org`, `jo••y••@\S+ome.org`)
		v.Miss(`jo••@`)
	}
	v.Press("2", "*", "d")
	v.See(`1  @ email    work      jo••i••@ping-home.org`, `jo••y••@ping-home.org`)
	v.Press("y", "5")
	v.See(`jo••i••@\S+ome.org`, `jo••y••@\S+ome.org`) // the messages are still there
}
