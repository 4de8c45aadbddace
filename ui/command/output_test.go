package command

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/draw"
)

// hostile is a view with a channel whose label would drive a terminal, and break a table.
func hostile() backendtest.Stub {
	return backendtest.Stub{ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
		return []backend.Channel{{Type: backend.TypeEmail, Value: "ada@byron.example", Priority: 1, Label: "a\tb\n\x1b[2J\u202e<&>"}}, nil
	}}
}

// TestForeignTextStaysInItsCell, and drives no terminal.
func TestForeignTextStaysInItsCell(t *testing.T) {
	for _, args := range [][]string{{}, {"--json", "label,value"}} {
		said, _, err := run(t, hostile(), append([]string{"channel", "list"}, args...)...)
		if err != nil || strings.ContainsAny(said, "\x1b\u202e") {
			t.Errorf("%v: %v, %q", args, err, said)
		}
		if len(args) == 0 && (strings.Count(said, "\t") != len(channelTitles.names)-1 || strings.Count(said, "\n") != 1) {
			t.Errorf("it is no row: %q", said)
		}
		var list []map[string]string
		if len(args) > 0 && (json.Unmarshal([]byte(said), &list) != nil || list[0]["label"] != "a\tb\n\x1b[2J\u202e<&>") {
			t.Errorf("it says something else: %q", said)
		}
	}
}

// TestTemplates: the functions of gh's templates, and what is wrong in one.
func TestTemplates(t *testing.T) {
	for template, want := range map[string]string{
		`{{range .}}{{.priority}}: {{.value}}{{end}}`:                                  "1: ada@byron.example",
		`{{range .}}{{tablerow .priority .value}}{{tablerow 22}}{{end}}`:               "1   ada@byron.example\n22\n",
		`{{range .}}{{tablerow .priority}}{{end}}{{tablerender}}end`:                   "1\nend",
		`{{pluck "value" . | join ", "}}`:                                              "ada@byron.example",
		`{{range .}}{{truncate 5 .value}} {{timefmt "2006" .at}}{{end}}`:               "error",
		`{{timeago "1969-12-31T23:00:00Z"}} {{timefmt "2006" "2026-11-20T00:00:00Z"}}`: "1h ago 2026",
		`{{truncate 5 "ada@byron.example"}}`:                                           "ada@…",
		`{{color "green+b" "on"}}{{autocolor "red" "off"}}`:                            "\x1b[1;32mon\x1b[0moff",
		`{{color "white:red" 5}}{{hyperlink "https://a.example/\u202e" "a"}}`:          "\x1b[37;41m5\x1b[0m\x1b]8;;https://a.example/<U+202E>\x1b\\a\x1b]8;;\x1b\\",
		`{{contains "b" "abc"}} {{hasPrefix "b" "abc"}} {{hasSuffix "c" "abc"}}`:       "true false true",
		`{{regexMatch "^a.c$" "abc"}}`:                                                 "true",
		`{{regexMatch "(" "abc"}}`:                                                     "error",
		`{{color "pink" "x"}}`:                                                         "error",
		`{{autocolor "red+x" "x"}}`:                                                    "error",
		`{{.nothing}}`:                                                                 "error",
		`{{timeago 5}}`:                                                                "error",
		`{{nothing}}`:                                                                  "error",
		"":                                                                             "error",
	} {
		said, _, err := run(t, hostile(), "channel", "list", "--json", "priority,value", "--template", template)
		if want == "error" {
			if err == nil || said != "" {
				t.Errorf("%q prints %q", template, said)
			}
			continue
		}
		if err != nil || said != want {
			t.Errorf("%q prints %q, %v", template, said, err)
		}
	}
}

// TestColumnsFitTheTerminal, or are as narrow as they can be.
func TestColumnsFitTheTerminal(t *testing.T) {
	for _, width := range []int{1, 40, 80, 200} {
		var text strings.Builder
		out := bufio.NewWriter(&text)
		writeColumns(out, [][]string{{"NUMBER", "VALUE", "LABEL"}, {"1", strings.Repeat("x", 150), "ラベル"}}, width)
		_ = out.Flush()
		for line := range strings.Lines(text.String()) {
			if w := draw.Width(strings.TrimRight(line, "\n")); w > max(width, 3*(4+gap)) {
				t.Errorf("%d cells at %d: %q", w, width, line)
			}
		}
	}
}

// TestWhatNamesARowStaysWhole where the terminal is narrow: other columns are left out, and then cut.
func TestWhatNamesARowStaysWhole(t *testing.T) {
	titles := columns{names: []string{"AT", "SUBJECT", "ID", "DETAIL"}, spare: []string{"SUBJECT", "DETAIL"}, whole: []string{"ID"}}
	id := strings.Repeat("0", 36)
	rows := [][]string{titles.names, {"2026-11-20 14:05:00", "087608 is your code", id, "smtp, 550"}}
	for width, want := range map[int]string{200: "[0 1 2 3]", 80: "[0 2 3]", 60: "[0 2]", 40: "[0 2]"} {
		kept := titles.keep(rows, width)
		var text strings.Builder
		out := bufio.NewWriter(&text)
		writeColumns(out, picked(rows, kept), width, slices.Index(kept, 2))
		_ = out.Flush()
		if fmt.Sprint(kept) != want || !strings.Contains(text.String(), id) {
			t.Errorf("at %d cells the columns are %v: %s", width, kept, text.String())
		}
	}
}

// TestHintsNameTheAccount as a shell takes it, and without a password.
func TestHintsNameTheAccount(t *testing.T) {
	c := &cobra.Command{}
	for flag, value := range map[string]string{"account": "o'neil@b.example", "db": "postgres://a:secret@b/c", "server": ""} {
		c.Flags().String(flag, "", "")
		if value != "" {
			_ = c.Flags().Set(flag, value)
		}
	}
	v := &visit{Program: &Program{}, command: c, from: []string{"account", "db", "server"}}
	if got, want := v.hint("channel verify %d CODE", 1), `"pinghome channel verify 1 CODE --account 'o'\''neil@b.example' --db 'postgres://a:…@b/c'"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestAFailedTestIsPrintedAsJSON, with the exit code of the failure.
func TestAFailedTestIsPrintedAsJSON(t *testing.T) {
	ch := proved(1, "ada@byron.example")
	view := backendtest.Stub{
		TestChannelFunc: func(context.Context, int) (backend.Test, error) {
			ch.LastTest = &backend.Test{Provider: "smtp", ProviderStatus: "550 no"}
			return backend.Test{}, backend.Errorf(backend.CodeDeliveryFailed, "The test failed.")
		},
		ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
			return []backend.Channel{ch}, nil
		},
	}
	said, _, err := run(t, view, "channel", "test", "1", "--json", "ok,provider_status")
	if codeOf(err) != exit.CodeNotDelivered || said != "{\n  \"ok\": false,\n  \"provider_status\": \"550 no\"\n}\n" {
		t.Errorf("%v, %s", err, said)
	}
	if said, _, err := run(t, view, "channel", "test", "1"); codeOf(err) != exit.CodeNotDelivered || said != "" {
		t.Errorf("%v, %s", err, said)
	}
}

// TestTheFieldsAreThoseOfTheAPI: every field that is listed is one, and none is forgotten.
func TestTheFieldsAreThoseOfTheAPI(t *testing.T) {
	for _, value := range []any{backend.Profile{}, backend.Channel{SigningSecret: "x"}, backend.ChannelUpdate{}, backend.Test{}, backend.FeedbackNote{},
		backend.Message{Code: "1", Word: "w"}, backend.Attempt{}, backend.JournalEntry{}, backend.SigningSecret{}} {
		text, err := json.Marshal(httpapi.Data(value))
		var members map[string]any
		if err != nil || json.Unmarshal(text, &members) != nil {
			t.Fatal(err)
		}
		names := namesOf(httpapi.Data(value))
		for name := range members {
			if !slices.Contains(names, name) {
				t.Errorf("%T has no field %s among %v", value, name, names)
			}
		}
		if len(names) != len(members) {
			t.Errorf("%T has the fields %v, and %v are listed", value, members, names)
		}
	}
}
