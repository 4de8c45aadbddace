package local

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// BenchmarkAccountSearch measures the first page of 50 accounts for 1, 3, 6 and 10 letters, with the
// look for changes before it and the reading of the page, with 3, 100 and 1,000,000 accounts.
// read-ms is how long it takes until all of them are read, once. To make the largest file takes
// minutes; with -short it has 10,000 accounts.
//
//	go test -run '^$' -bench AccountSearch -benchtime 50x ./backend/local
func BenchmarkAccountSearch(b *testing.B) {
	most := 1_000_000
	if testing.Short() {
		most = 10_000
	}
	for _, n := range []int{3, 100, most} {
		accounts, _ := seedReaches(b, n)
		took := readAll(b, accounts)
		for _, text := range []string{"s", "smi", "smithp", "smithperso"} {
			b.Run(fmt.Sprintf("letters=%d/accounts=%d", len(text), n), func(b *testing.B) {
				for b.Loop() {
					page, err := accounts.Search(context.Background(), backend.AccountSearch{Text: text, Limit: 50})
					if err != nil || page.Total != n {
						b.Fatal(page.Total, err)
					}
				}
				b.ReportMetric(float64(took.Milliseconds()), "read-ms")
			})
		}
	}
}

// readAll reads all accounts, and returns how long that takes.
func readAll(b *testing.B, accounts *Accounts) time.Duration {
	b.Helper()
	done := make(chan struct{})
	accounts.search.beside = func(read func()) {
		go func() {
			read()
			close(done)
		}()
	}
	begin := time.Now()
	page, err := accounts.Search(context.Background(), backend.AccountSearch{Text: "s", Limit: 50})
	if err != nil {
		b.Fatal(err)
	}
	if page.IsReading {
		<-done
	}
	return time.Since(begin)
}
