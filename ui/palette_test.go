package ui_test

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestPaletteDoesWhatItFinds(t *testing.T) {
	for name, c := range map[string]struct{ key, typed, sees string }{
		"of this screen":         {":", "delete the acc", `Delete account`},
		"of all screens":         {"ctrl+p", "earlier", `Earlier notices`},
		"of another screen":      {":", "add a channel", `Add channel`},
		"text of another screen": {":", "write feedback", `0/5000`},
		"a screen":               {":", "Messages", `\[5 Messages`},
	} {
		t.Run(name, func(t *testing.T) {
			v := uitest.Open(t, c.key)
			v.See(`─ Commands ─`, `Profile: edit name and surname +e `)
			v.Type(c.typed)
			v.Press("enter")
			v.See(c.sees)
			v.Miss(`─ Commands ─`)
		})
	}
}

// TestPaletteLeavesRowsToTheirKeys: what another screen does with a row is not done before the
// row is seen.
func TestPaletteLeavesRowsToTheirKeys(t *testing.T) {
	v := uitest.Open(t, ":")
	v.Type("send a test message")
	v.Press("enter")
	v.See(`\[2 Channels`, `This is Channels\. With the row that you mean, t: send a test message`)
	v.Miss(`held on this machine`)
	v.Press(":")
	v.See(`▌ Channels: send a test message`)
	v.Press("enter")
	v.See(`Channel 1: test message held on this machine`)
}

// TestPaletteRanksWords: what begins with the words that were typed, what has them, and what has
// their letters, all before the accounts that are alike; and names that are not shown.
func TestPaletteRanksWords(t *testing.T) {
	for typed, first := range map[string]string{
		"export": `Channels: write the shown or chosen channels to a file`, "redo": `Make it again`, "history": `Go to Activity`, "past": `Show the account as it was`,
		"inbox": `Go to Messages`, "activity.export": `Activity: write the entries to a file`, "undo": `Undo your last change`, "times u": `Settings: times`,
		"earlier": `Earlier notices`, "ANNA": `Account: Anna`, "test all": `Channels: test all`, "wrt fdbck": `Feedback: write`,
	} {
		v := uitest.Open(t, ":")
		v.Type(typed)
		v.Pass(shell.TypingPause)
		v.See(`▌ ` + first)
	}
}

// TestPaletteLeadsToThePast: the item that needs a time puts what comes before it into the field.
func TestPaletteLeadsToThePast(t *testing.T) {
	v := uitest.Open(t, "2", "s", ":")
	v.Type("at")
	v.Press("enter")
	v.See(`> at `, `▌ at · Type at 2h, at 3d 12h`)
	v.Press("enter")
	v.See(`Commands`, `! Type at 2h`)
	v.Type("2h")
	v.Press("enter")
	v.See(`As it was at 2026-11-23 10:00:00`)
}

func TestPaletteSaysWhyNot(t *testing.T) {
	v := uitest.Open(t, ":")
	v.Type("undo")
	v.See(`▌ Undo your last change that can be`)
	v.Press("enter")
	v.See(`! Nothing to undo: you have changed nothing that can be`)
	v.Miss(`─ Commands ─`)
	v.Press(":")
	v.Type("cancel the username")
	v.See(`▌ Profile: cancel the username change · No username change`)
	v.Press("enter")
	v.See(`! No username change`, `─ Commands ─`)
	v.Press("esc")
	v.Miss(`─ Commands ─`)
	v.Restart(func(o *ui.Options) { o.Shell.ReadOnly = true })
	v.Press(":")
	v.Type("send a test")
	v.See(`Channels: send a test message \(stays sent\) · Opened for reading only`)
}

// TestPaletteFindsAccounts by name, and by what the row does not show.
func TestPaletteFindsAccounts(t *testing.T) {
	for _, typed := range []string{"smilla", "@north"} {
		v := uitest.Open(t, ":")
		v.Type(typed)
		v.Pass(shell.TypingPause)
		v.See(`Account: Smilla Berg +sm••`)
		v.Press("enter")
		v.See(`Name +Smilla Berg`)
	}
	v := uitest.Open(t, ":")
	v.Type("john.smith@")
	v.Pass(shell.TypingPause)
	v.See(`Account: John Smith · This account is open`)
	v.RestartBehind(&uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureAccounts: "This token sees one account only."}})
	v.Press(":")
	v.Type("smilla")
	v.Pass(shell.TypingPause)
	v.Miss(`Account: Smilla`)
}

func TestPaletteKnowsWhatWasChosenLast(t *testing.T) {
	folder := t.TempDir()
	v := uitest.Open(t)
	v.Restart(remembering(folder))
	for _, typed := range []string{"earlier notices", "find in this list", "earlier notices"} {
		v.Press(":")
		v.Type(typed)
		v.Press("enter", "esc")
	}
	v.Restart(func(o *ui.Options) {
		o.Opened = draft.Open(folder)
		o.Commands = ui.LoadLast(o.Opened, o.Start.Scope).Commands
	})
	v.Press(":")
	v.See(`▌ Earlier notices +! `)
}

func TestPaletteFits(t *testing.T) {
	for _, size := range [][2]int{{40, 15}, {80, 24}, {120, 40}, {200, 60}} {
		v := uitest.Open(t)
		v.Resize(size[0], size[1])
		v.Press(":")
		v.Fits()
		v.Type("undo")
		v.Fits()
	}
}

// TestPaletteShowsTheAccountAsItWas at a time that is typed.
func TestPaletteShowsTheAccountAsItWas(t *testing.T) {
	v := uitest.Open(t, "2", "s", ":")
	v.Type("at 2h")
	v.See(`▌ at 2h: the account as it was +2026-11-23 10:00:00`)
	v.Press("enter")
	v.See(`─ As it was at 2026-11-23 10:00:00 ─`, `! The past, 2h ago: nothing here can be changed`, `4 channels`, `1  @ work +jo••@ping-home.org +on`)
	v.Press("s", "d", "esc") // nothing of that is done here
	for text, says := range map[string]string{"at 9:77": `Type at 2h, at 3d 12h, at 14:05`, "at 2027-01-01": `This time has not come yet`, "at 11:30": `2026-11-23 11:30:00`, "at 2h30m": `2026-11-23 09:30:00`, "at yesterday": `2026-11-22 12:00:00`, "at 0m": `2026-11-23 11:59:59`, "at 2026-11-22": `2026-11-22 00:00:00`} {
		v.Press(":")
		v.Type(text)
		v.See(says)
		v.Press("esc")
	}
	v.Press(":")
	v.Type("at 5000d")
	v.Press("enter")
	v.See(`✗ .*The account was created later`)
}
