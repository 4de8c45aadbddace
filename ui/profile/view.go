package profile

import (
	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

const (
	besideWidth  = 100                 // of a screen that has the account beside the channels
	reachWidth   = 62                  // of a pane of channels in which nothing is cut
	leastAccount = 40                  // of the pane of the account
	mostAccount  = labelWidth + 36 + 2 // the same, with the id of the account in one line
	leastReach   = 4                   // lines of the pane of channels: its border and two channels
	leastLately  = 5                   // lines of the pane of messages
)

// View draws the account, and below or beside it the channels and the last messages.
func (s *screen) View(w, h int) []string {
	sh := s.shell
	s.list.H, s.spots = h, []shell.Spot{{W: w, H: h, Wheel: s.moveBy}}
	switch {
	case sh.Session.Profile == nil && s.err != nil:
		return sh.Problem("The profile could not be read.", s.err, w, h)
	case sh.Session.Profile == nil:
		if sh.Room == shell.Compact {
			return draw.Fit(sh.Placeholders(shell.ReadingProfile, w), w, h)
		}
		return shell.Pane{Title: "Account"}.Draw(&sh.Look, sh.Placeholders(shell.ReadingProfile, w-2), w, h)
	case sh.Room == shell.Compact:
		s.lately = 0
		s.current()
		return draw.Fit(s.fit(append(s.accountParts(w), s.channelParts(w, h)...), area{w: w, h: h}, s.moreChannels), w, h)
	}
	account, reach, lately := s.areas(w, h)
	s.lately = max(0, lately.h-2)
	s.current() // the cursor may be on a row that has gone
	upper := s.pane(shell.Pane{Title: "Account"}, s.accountParts(account.w-2), account, nil)
	lower := s.pane(s.linked("Reached by", keymap.Screen2, "all channels"), s.channelParts(reach.w-2, reach.h-2), reach, s.moreChannels)
	if lately.h > 0 {
		lower = append(lower, s.pane(s.linked("Last messages", keymap.Screen5, "all messages"), s.latelyParts(lately.w-2, lately.h-2), lately, nil)...)
	}
	if reach.x > 0 {
		return draw.Beside(upper, lower)
	}
	return append(upper, lower...)
}

// linked is a pane with the key of the screen that has more.
func (s *screen) linked(title string, screen keymap.ID, more string) shell.Pane {
	return shell.Pane{Title: title, Key: s.shell.Keys.Key(screen), Right: more}
}

// Spots are the rows, as View has drawn them last.
func (s *screen) Spots(int, int) []shell.Spot { return s.spots }

// areas divides the screen: the account above, or in a wide window at the left, then the
// channels, and under them the last messages where there is room.
func (s *screen) areas(w, h int) (account, reach, lately area) {
	if w < besideWidth {
		upper := min(height(s.accountParts(w-2))+2, h-leastReach)
		account, reach = area{0, 0, w, upper}, area{0, upper, w, h - upper}
	} else {
		left := min(mostAccount, max(leastAccount, w-reachWidth))
		account, reach = area{0, 0, left, h}, area{left, 0, w - left, h}
	}
	channels := height(s.channelParts(reach.w-2, reach.h-2)) + 2
	if left := reach.h - channels; left >= leastLately && s.shell.Session.Inbox != nil {
		reach.h = channels
		lately = area{reach.x, reach.y + channels, reach.w, left}
	}
	return account, reach, lately
}

// pane draws parts in a pane, which is the active one while it has the cursor.
func (s *screen) pane(p shell.Pane, parts []part, a area, more func([]part) string) []string {
	p.Focused = s.has(parts)
	return p.Draw(&s.shell.Look, s.fit(parts, area{a.x + 1, a.y + 1, a.w - 2, a.h - 2}, more), a.w, a.h)
}

// accountParts are the facts of the account, in w cells.
func (s *screen) accountParts(w int) []part {
	sh, p := s.shell, s.shell.Session.Profile
	quiet := func(text string) shell.Part { return shell.Part{Style: sh.Look.Muted, Text: sh.Look.Dot + " " + text} }
	username := "Username"
	if sh.Room == shell.Compact {
		username = "User"
	}
	parts := []part{s.fact(rowUsername, username, backend.ReadableEmail(p.Customer.Email), s.usernameMark(), w)}
	if p.Pending != nil {
		parts = append(parts, s.fact("", "", sh.Look.Arrow+" "+backend.ReadableEmail(p.Pending.Email), codeState(sh, p.Pending), w))
	}
	parts = append(parts,
		s.fact(rowName, "Name", p.Customer.FullName(), shell.Part{}, w),
		s.fact(rowID, "Id", p.Customer.ID, shell.Part{}, w),
		s.fact("", "Team", p.Team.Name, quiet("role "+string(p.Customer.Role)), w),
		s.fact("", "Org", p.Organization.Name, quiet("plan "+string(p.Organization.Plan)), w))
	if trial := p.Organization.Trial; trial.Active {
		parts = append(parts, s.fact("", "Trial", "until "+sh.Day(trial.EndsAt), shell.Part{}, w))
	}
	if sh.Room != shell.Compact {
		parts = append(parts, s.fact("", "Since", sh.Day(p.Customer.CreatedAt), shell.Part{}, w))
	}
	return append(parts, s.labelled("", "Limits", limitLines(sh, w-s.labelWidth()), w))
}

// codeState is how long the code of the new username can still be entered.
func codeState(sh *shell.Shell, pending *backend.PendingUsername) shell.Part {
	now := state.OfCode(&pending.Code, sh.Now)
	text := sh.CodeWord(&pending.Code)
	if now == state.WaitingCode {
		text = shell.TimeLeft(&pending.Code, sh.Now)
	}
	return shell.Part{Style: now.Style(&sh.Look.Palette), Text: now.With(&sh.Look, text)}
}

// Status says that a new username waits for its code.
func (s *screen) Status() (left shell.Part, right string) {
	if s.pending() == nil {
		return left, ""
	}
	text := "The new username waits for its code " + s.shell.Look.Dot + " " + s.shell.Keys.Key(keymap.EnterUsernameCode) + " enters it"
	return shell.Part{Style: s.shell.Look.Muted, Text: text}, ""
}
