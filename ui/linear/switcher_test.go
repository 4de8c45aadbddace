package linear

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// TestATextThatLeavesOneOpensIt, and a number is that of the list that was heard.
func TestATextThatLeavesOneOpensIt(t *testing.T) {
	elsewhere := uitest.Open(t)
	opens := func(context.Context) (ui.Opened, error) { return elsewhere.Account(uitest.JohnID), nil }
	v := beginOn(t, elsewhere, func(o *ui.Options) {
		o.Contexts = []ui.Context{{Name: "lab", Place: "/tmp/lab.db", Open: opens}, {Name: "work", Place: "https://a.example", Open: opens}, {Name: "for Smilla Berg", Place: "/tmp/s.db", Open: opens}}
	})
	v.heard()
	v.hears("Account Smilla Berg", "account Smilla Berg")
	v.hears("Which one is to be opened?", "account smilla")
	v.types("n")
	v.hears("Account John Smith", "account lab")
	v.hears("Which one is to be opened?", "account o")
	v.hears("Nothing was changed.", "n")
	v.hears(`Nothing has "xx".`, "account xx")
	v.hears("3. Smilla Berg", "accounts")
	v.hears("Account Smilla Berg", "account 3")
	v.wantEnd()
}
