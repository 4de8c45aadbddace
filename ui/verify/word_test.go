package verify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/ui/uitest"
)

func TestWordOfATestProvesTheChannel(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	v.Press("2", "w")
	v.See(`! No test of channel 1 waits for its word. t sends one`)
	v.Press("t")
	v.See(`Channel 1: test sent in \d+ ms by post.example. When it has arrived, w takes its`, `word\.`)
	v.Press("enter")
	v.See(`Sent +▮ by post.example, just`, `Seen +✓ by a person 12d ago`)
	v.Press("w")
	v.See(`Which word is in the test message to jo••@ping-home.org\?`, `▮ It is sent by post.example, just now`)
	v.Press("enter")
	v.See(`✗ Type the word in the message`)
	v.Type("wrong")
	v.Press("enter")
	v.See(`✗ This is not the word in the newest test; 4 tries`, `Word  _? *│`)
	v.Resize(40, 15)
	v.See(`4 tries`)
	v.Fits()
	v.Resize(80, 24)
	v.Type(strings.ToUpper(sender.Last().Word))
	v.Press("enter")
	v.See(`✓ Channel 1: a person has seen its message`, `Seen +✓ by a person just now`)
	v.Miss(`stale`, `Which word`)
	v.Pass(91 * 24 * time.Hour)
	v.See(`Seen +! by a person 91d`, `stale`)
}

func TestFifthWrongWordEndsTheTest(t *testing.T) {
	v, _ := uitest.OpenSending(t)
	v.Press("2", "t", "w")
	for range 5 { // a wrong word is cleared: the next one is not appended to it
		v.Type("wrong")
		v.Press("enter")
	}
	v.See(`and that was`, `the last try`)
	v.Type("wrong")
	v.Press("enter")
	v.See(`✗ No test of this channel waits for its word`)
	v.Press("esc")
	v.Miss(`Which word`)
}
