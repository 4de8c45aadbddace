package verify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui/uitest"
)

func TestWordOfATestProvesTheChannel(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	v.Press("2", "R")
	v.See(`! No test of channel 1 waits for its word. t sends one`)
	v.Press("t")
	v.See(`✓ Channel 1: test accepted in \d+ ms. Type R when it arrived · post.exam`)
	v.Press("enter")
	v.See(`Accepted +✓ by post.example, just`, `Seen +✓ by a person 12 d ago`)
	v.Press("R")
	v.See(`Which word did the test message to jo••@ping-home.org say\?`, `Accepted by post.example, just now`)
	v.Press("enter")
	v.See(`✗ Type the word that the message says`)
	v.Type("wrong")
	v.Press("enter")
	v.See(`✗ This is not the word of the newest test; 4 tries`, `Word  wrong`)
	v.Resize(40, 15)
	v.See(`4 tries`)
	v.Fits()
	v.Resize(80, 24)
	for range 5 {
		v.Press("backspace")
	}
	v.Miss(`not the word`)
	v.Type(strings.ToUpper(sender.Last().Word))
	v.Press("enter")
	v.See(`✓ Channel 1: a person has seen its message`, `Seen +✓ by a person just now`)
	v.Miss(`stale`, `Which word`)
	v.Pass(91 * 24 * time.Hour)
	v.See(`Seen +! by a person 91 d`, `stale`)
}

func TestFifthWrongWordEndsTheTest(t *testing.T) {
	v, _ := uitest.OpenSending(t)
	v.Press("2", "t", "R")
	v.Type("wrong")
	for range 5 {
		v.Press("enter")
	}
	v.See(`and that`, `was the last try`)
	v.Press("enter")
	v.See(`✗ No test of this channel waits for its word`)
	v.Press("esc")
	v.Miss(`Which word`)
}
