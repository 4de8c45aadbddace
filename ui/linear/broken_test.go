package linear

import (
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/account-settings/pinghome/ui/uitest"
)

// TestLinesAreBrokenAtBlanks where the terminal would break them in the middle of a word.
func TestLinesAreBrokenAtBlanks(t *testing.T) {
	v := beginWith(t, uitest.Open(t), func(o *Options) { o.Width = func() int { return 30 } })
	said := strings.Join([]string{v.heard(), v.types("channels"), v.types("help"), v.types("1"), v.types("repeat")}, "\n") // after what is typed
	for line := range strings.SplitSeq(said, "\n") {
		if len(line) > 30 && strings.Contains(strings.TrimSpace(strings.ReplaceAll(line, " hidden ", "")), " ") {
			t.Errorf("the terminal breaks %q", line)
		}
	}
	if !strings.Contains(said, "jo hidden @ping-home.org") {
		t.Error("a hidden part is on a line of its own")
	}
	v.wantEnd()
}

// TestAQuestionIsSaidAgainAfterAStop, since the shell has said other things meanwhile.
func TestAQuestionIsSaidAgainAfterAStop(t *testing.T) {
	resumed := make(chan os.Signal)
	v := beginWith(t, uitest.Open(t), func(o *Options) { o.Resumed = resumed })
	v.heard()
	question := v.types("profile", "edit", "1")
	resumed <- syscall.SIGTERM
	if again := v.heard(); again != "\n"+question {
		t.Errorf("it says %q", again)
	}
	v.hears("The name is Ada Smith.", "Ada")
	v.wantEnd()
}
