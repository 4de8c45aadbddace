package backendtest

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

var searchPromises = []promise{
	{"accounts are found by some letters, the best first", func(v *visit) {
		v.create("Anna", "Smits", "anna@acme.example", "Acme")
		v.create("Smilla", "Berg", "smilla@north.example", "North")
		v.create("Wil", "Osmis", "wil@acme.example", "Acme")
		v.finds("smi", 4, "Anna Smits", "Smilla Berg", "John Smith", "Wil Osmis")
		v.finds("SMILLA BERG", 1, "Smilla Berg")
		v.finds("acme wil", 0)
		v.finds("wil acme", 1, "Wil Osmis")
		v.finds(v.self.ID, 1, "John Smith")
		v.finds("\u0000", 0)
		v.finds("", 4, "Anna Smits", "John Smith", "Smilla Berg", "Wil Osmis")
		page, err := v.Accounts.Search(v.ctx, backend.AccountSearch{First: []string{v.self.ID, "gone"}, Limit: 2})
		v.ok(err)
		v.check(len(page.Accounts) == 2 && page.Accounts[0].ID == v.self.ID && page.Accounts[1].Name == "Anna", "with one first: %+v", page)
	}},
	{"what is found is read in pages", func(v *visit) {
		for i := range 30 {
			v.create("Ben", fmt.Sprintf("Lee %02d", i), fmt.Sprintf("ben%02d@lee.example", i), "Lee")
		}
		var names []string
		for offset := 0; offset < 35; offset += 7 {
			page, err := v.Accounts.Search(v.ctx, backend.AccountSearch{Text: "ben lee", Offset: offset, Limit: 7})
			v.ok(err)
			v.check(page.Total == 30, "how many were found: %v", page.Total)
			v.check(page.All == 31, "how many there are: %v", page.All)
			for _, a := range page.Accounts {
				names = append(names, a.Surname)
			}
		}
		v.check(len(names) == 30, "how many the pages have: %v", len(names))
		v.check(names[0]+" "+names[29] == "Lee 00 Lee 29", "the first and the last: %v", names[0]+" "+names[29])
		page, err := v.Accounts.Search(v.ctx, backend.AccountSearch{Text: "ben lee", Offset: 30, Limit: 7})
		v.ok(err)
		v.check(len(page.Accounts) == 0, "behind the last one: %v", len(page.Accounts))
		_, err = v.Accounts.Search(v.ctx, backend.AccountSearch{Text: "ben lee", Offset: -1, Limit: 7})
		v.refused(err, backend.CodeInvalid, "offset")
	}},
	{"a search finds what was changed just before", func(v *visit) {
		v.finds("zebra", 0)
		v.create("Zebra", "Lee", "z@lee.example", "Lee")
		v.finds("zebra", 1, "Zebra Lee")
		name := "Émile"
		_, err := v.UpdateName(v.ctx, backend.NameChange{Name: &name})
		v.ok(err)
		v.finds("émile", 1, "Émile Smith")
		v.finds("E\u0301MILE", 1, "Émile Smith")
		other, _ := v.newcomer("other@example.org", backend.PlanTeam)
		v.finds("other@", 1, "John Smith")
		v.ok(other.DeleteAccount(v.ctx, "other"))
		v.finds("other@", 0)
		v.finds("smith", 1, "Émile Smith")
	}},
}

func (v *visit) create(name, surname, email, organization string) {
	v.Helper()
	_, err := v.Accounts.Create(v.ctx, backend.NewAccount{Name: name, Surname: surname, Email: email, Organization: organization})
	v.ok(err)
}

// finds expects that so many are found, and the names of the first ones.
func (v *visit) finds(text string, total int, names ...string) {
	v.Helper()
	page, err := v.Accounts.Search(v.ctx, backend.AccountSearch{Text: text, Limit: 10})
	v.ok(err)
	var found []string
	for _, a := range page.Accounts {
		found = append(found, a.FullName())
	}
	got, want := fmt.Sprint(page.Total, " ", strings.Join(found, ", ")), fmt.Sprint(total, " ", strings.Join(names, ", "))
	v.check(got == want, "found by %q: %s, want %s", text, got, want)
}
