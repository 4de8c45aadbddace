package local

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// BenchmarkAccountPage measures one page of 50 accounts in each order, from the middle of
// the list, and what is found, with 3, 100 and 1,000,000 accounts. One in a thousand has a
// problem. To make the largest file takes minutes; with -short it has 10,000 accounts.
//
//	go test -run '^$' -bench AccountPage -benchtime 200x ./backend/local
func BenchmarkAccountPage(b *testing.B) {
	most := 1_000_000
	if testing.Short() {
		most = 10_000
	}
	for _, n := range []int{3, 100, most} {
		accounts, middle := seedReaches(b, n)
		for name, q := range map[string]backend.AccountQuery{
			"by=name":       {Sort: backend.SortName, From: middle},
			"by=email":      {Sort: backend.SortEmail, From: middle},
			"by=reach":      {Sort: backend.SortReach, From: middle},
			"by=reach-desc": {Sort: backend.SortReach, Descending: true},
			"problems":      {Sort: backend.SortReach, OnlyProblems: true},
			"problems-name": {Sort: backend.SortName, OnlyProblems: true},
			"find-few":      {Match: "person-0000002"},
			"find-many":     {Match: "person"},
			"find-email":    {Match: "person-0000002@"},
		} {
			b.Run(fmt.Sprintf("%s/accounts=%d", name, n), func(b *testing.B) {
				q.Limit = 50
				for range b.N {
					page, err := accounts.Page(context.Background(), q)
					if err != nil {
						b.Fatal(err)
					}
					if len(page.Accounts) == 0 {
						b.Fatal("the page is empty")
					}
				}
			})
		}
	}
}

// seedReaches makes a file with n accounts of one channel each, and returns the id of one in
// the middle.
func seedReaches(b *testing.B, n int) (accounts *Accounts, middle string) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "accounts.db")
	err := sqlite.Create(context.Background(), path, sqlite.Options{}, func(tx *storage.Tx) error {
		for i := range n {
			id := uuid.NewString()
			if i == n/2 {
				middle = id
			}
			if err := seedReach(tx, id, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return New(openFile(b, path, sqlite.Options{}), Options{Key: testKey}), middle
}

func seedReach(tx *storage.Tx, id string, i int) error {
	email := fmt.Sprintf("person-%07d@example.org", i)
	p := backend.Profile{
		Customer:     backend.Customer{ID: id, Email: email, Name: fmt.Sprintf("Name %07d", i), Surname: "Smith", Role: backend.RoleRoot, CreatedAt: tx.Now},
		Team:         backend.Team{ID: uuid.NewString(), Name: "Platform"},
		Organization: backend.Organization{ID: uuid.NewString(), Name: "Acme", Plan: backend.PlanTeam},
	}
	if err := tx.AddOrganization(p.Organization, p.Team); err != nil {
		return err
	}
	if err := tx.AddCustomer(p); err != nil {
		return err
	}
	seen := tx.Now.Add(-time.Duration(i%80) * day)
	return tx.AddChannel(id, backend.Channel{Priority: 1, Type: backend.TypeEmail, Value: email, ActiveValue: email, Enabled: i%1000 != 0,
		CreatedAt: tx.Now, Proof: backend.Proof{SeenAt: seen}})
}
