//go:build unix

package cli

import "testing"

// TestListsAreNarrowedByScript as the console narrows them.
func TestListsAreNarrowedByScript(t *testing.T) {
	onEverySource(t, func(s script) {
		s.do(0, "", "channel", "add", "ada@byron.example")
		s.do(0, "", "channel", "verify", "1", s.newest().Code)
		s.do(0, "", "channel", "add", "+994551234567")
		s.do(0, `^2\tsms[^\n]*\n$`, "channel", "list", "--status", "pending")
		s.do(0, `^1\temail[^\n]*\n2\t`, "channel", "list", "--status", "pending,active")
		s.do(0, `^$`, "channel", "list", "--status", "disabled")
		s.do(0, `^2\tsms[^\n]*\n$`, "channel", "list", "--value", "+994 55 123 45 67")
		s.do(6, "Channel 2 has another value now", "channel", "disable", "1", "2", "--if-value", "ada@byron.example", "--if-value", "+994557654321")
		s.do(0, "Channels 1, 2 are off", "channel", "disable", "1", "2", "--if-value", "ada@byron.example", "--if-value", "+994551234567")
		s.do(6, "Channel 1 has another value now", "channel", "delete", "1", "--if-value", "+994551234567")
		s.do(0, "Channel 1 is on", "channel", "enable", "1")
		s.do(2, `^pinghome: --status: There is no "off"; use pending, active, disabled\.\n$`, "channel", "list", "--status", "off")
		s.do(2, "^pinghome: --type is empty", "channel", "list", "--type", "")
		s.do(2, "^pinghome: --value is empty", "channel", "list", "--value=")

		s.do(0, `^[^\n]*\tsms\t[^\n]*\n$`, "messages", "list", "--type", "sms")
		s.do(0, `^([^\t\n]*\t){6}held\t[^\t\n]+\t\n$`, "messages", "list", "--state", "held", "--limit", "1")
		s.do(0, `^$`, "messages", "list", "--state", "failed")
		s.do(2, `--state: There is no "lost"`, "messages", "list", "--state", "lost")
		s.do(2, "--limit is a number from 1", "messages", "list", "--limit", "0")
		s.do(2, `--kind: There is no "chanel"`, "activity", "list", "--kind", "chanel")
		s.do(2, "--kind is empty", "activity", "export", "-", "--kind=")
		s.do(2, "--match is empty", "activity", "list", "--match=")
		s.do(0, "", "activity", "list", "--limit", "2000")
	})
}
