package accounts

import (
	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// The columns of the list, in their usual order. The sign of the reach stands before them.
const (
	nameColumn = iota
	emailColumn
	reachColumn
	organizationColumn
)

// sorts are the orders of the backend by their columns. It sorts: only a part of the list is here.
var sorts = map[int]backend.AccountSort{nameColumn: backend.SortName, emailColumn: backend.SortEmail, reachColumn: backend.SortReach}

const (
	// withOrganization is the width of the list from which on there is usually room for the
	// organization, and besides for more of the reach.
	withOrganization = 98

	// narrow is the width of the list below which one blank is between columns, and the reach is
	// worth more than the ends of names.
	narrow = 52

	// The widths that columns grow to before others get room.
	leastName   = 14
	enoughName  = 18
	mostName    = 26
	mostEmail   = 32
	enoughReach = 18
	mostReach   = 90
)

func (s *screen) newTable() shell.Table[backend.AccountRow] {
	t := shell.NewTable([]shell.Column[backend.AccountRow]{
		{Title: "Name", Min: 10, Cell: s.nameCell},
		{Title: "Email", Min: 14, Cell: s.emailCell},
		{Title: "Reached by", Min: 15, Cell: s.reachCell, IsOff: func() bool { return !s.hasReach() }},
		{Title: "Organization", Min: 12, Cell: organizationCell, IsOff: s.hasNoOrganization},
	}, []int{nameColumn, reachColumn, emailColumn, organizationColumn}, nil)
	if t.SortOnlyBy(nameColumn); s.hasReach() {
		t.SortOnlyBy(nameColumn, emailColumn, reachColumn)
	}
	return t
}

// hasNoOrganization reports whether the organization gives way to the reach, where it was not
// asked for.
func (s *screen) hasNoOrganization() bool {
	return s.columns.IsUsual() && s.hasReach() && s.width < withOrganization
}

// layout lays out the columns in w cells. Names, emails and organizations are no wider than what
// has been read of them; how an account is reached gets the rest.
func (s *screen) layout(w int) []int {
	n, reach := s.neededWidths(), enoughReach
	s.width, s.columns.Gap = w, 2
	if w < narrow {
		reach, s.columns.Gap = mostReach, 1
	}
	s.columns.Grow = []shell.Growth{{nameColumn, min(leastName, n.name)}, {reachColumn, reach}, {nameColumn, min(enoughName, n.name)},
		{emailColumn, min(mostEmail, n.email)}, {nameColumn, min(mostName, n.name)}, {organizationColumn, min(mostName, n.organization)}, {reachColumn, mostReach},
		{nameColumn, n.name}, {emailColumn, n.email}, {organizationColumn, n.organization}}
	return s.columns.Layout(w - s.lead())
}

// head names the columns, and shows by which one the list is sorted.
func (s *screen) head(widths []int) string { return draw.Space(s.lead()) + s.columns.Head(widths) }

// sortedBy says by what the list is sorted, "" where that is usual, or where the head shows it.
func (s *screen) sortedBy() string {
	column, isDown := s.columns.Sort()
	isShown := s.columns.IsInSight(column)
	if s.shell.Room == shell.Compact { // it has no head, and room for one thing only
		isShown = s.isNarrowed()
	}
	if s.columns.SortedBy() == "" || isShown {
		return ""
	}
	arrow := " ↑"
	if isDown {
		arrow = " ↓"
	}
	return "by " + string(sorts[column]) + arrow
}

func (s *screen) nameCell(look *theme.Palette, a backend.AccountRow, w int) string {
	return look.Strong.Render(draw.Pad(s.name(a, w), w))
}

func (s *screen) emailCell(look *theme.Palette, a backend.AccountRow, w int) string {
	return look.Muted.Render(draw.Pad(draw.Middle(s.email(a), w), w))
}

func organizationCell(look *theme.Palette, a backend.AccountRow, w int) string {
	return look.Muted.Render(draw.Pad(safe.Text(a.Organization), w))
}
