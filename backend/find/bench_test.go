package find_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/sahilm/fuzzy"

	"github.com/account-settings/pinghome/backend/find"
)

// typedBy is what is typed, by its number of letters; "example" is in most addresses.
var typedBy = map[int]string{1: "s", 3: "smi", 6: "smithj", 7: "example", 10: "annasmitha"}

// pageSize is how many accounts a page of the console has.
const pageSize = 100

var million = sync.OnceValue(func() []string { return people(1_000_000) })

// sizes are how many accounts are searched; with -short few, since a million take seconds.
func sizes() []int {
	if testing.Short() {
		return []int{1000}
	}
	return []int{10_000, 100_000, 1_000_000}
}

// accounts are as many of those of the largest size.
func accounts(n int) []string {
	if testing.Short() {
		return people(n)
	}
	return million()[:n]
}

// BenchmarkSearch measures the first page, of what has 1, 3, 6, 7 and 10 letters, and against it
// sahilm/fuzzy alone on the same texts, which uses one goroutine.
//
//	go test -run '^$' -bench Search ./backend/find
func BenchmarkSearch(b *testing.B) {
	for _, n := range sizes() {
		texts := accounts(n)
		x := indexOf(texts)
		for _, letters := range []int{1, 3, 6, 7, 10} {
			typed := typedBy[letters]
			b.Run(fmt.Sprintf("by=index/accounts=%d/letters=%d", n, letters), func(b *testing.B) {
				for b.Loop() {
					if page, err := x.Search(context.Background(), find.Query{Text: typed, Offset: 0, Limit: pageSize}); err != nil || page.Total == 0 && !testing.Short() {
						b.Fatal(page.Total, err)
					}
				}
			})
			b.Run(fmt.Sprintf("by=fuzzy/accounts=%d/letters=%d", n, letters), func(b *testing.B) {
				for b.Loop() {
					if found := fuzzy.Find(typed, texts); len(found) == 0 && !testing.Short() {
						b.Fatal("nothing is found")
					}
				}
			})
		}
	}
}

// BenchmarkSearchMemory measures what an account takes in memory, and how long it takes to add.
//
//	go test -run '^$' -bench SearchMemory -benchtime 1x ./backend/find
func BenchmarkSearchMemory(b *testing.B) {
	for _, n := range sizes() {
		texts := accounts(n)
		b.Run(fmt.Sprintf("accounts=%d", n), func(b *testing.B) {
			for range b.N {
				before := allocated()
				x := indexOf(texts)
				x.Trim()
				b.ReportMetric(float64(allocated()-before)/float64(n), "B/account")
				runtime.KeepAlive(x)
			}
			size := 0
			for _, text := range texts {
				size += len(text)
			}
			b.ReportMetric(float64(size)/float64(n), "B/text")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/account")
		})
	}
}

func allocated() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
