package storage

import (
	"testing"
)

// TestJournalOfOlderVersions keeps of a deleted webhook what its signing secret is derived from,
// and nothing of its tests.
func TestJournalOfOlderVersions(t *testing.T) {
	s, err := readSettings(`{"c":[{"#":1,"t":"webhook","v":"https://example.com","at":5,"salts":"{\"now\":\"aa\"}"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	if kept := s.Channels[0].Kept; kept != `{"salts":"{\"now\":\"aa\"}"}` {
		t.Errorf("kept is %s", kept)
	}
}
