package command

import (
	"bufio"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
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
