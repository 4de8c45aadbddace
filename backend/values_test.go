package backend

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// cleaned is a value with its normal form or, for a wrong value, a part of the
// error.
type cleaned struct{ in, want, fault string }

// checkCleaner calls clean with every case.
func checkCleaner(t *testing.T, clean func(string) (string, error), cases []cleaned) {
	t.Helper()
	for _, c := range cases {
		got, err := clean(c.in)
		switch {
		case c.fault == "" && (err != nil || got != c.want):
			t.Errorf("%q: got %q, %v; want %q", c.in, got, err, c.want)
		case c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
			t.Errorf("%q: got error %v; want one with %q", c.in, err, c.fault)
		}
	}
}

func TestCleanValueOfPhones(t *testing.T) {
	checkCleaner(t, func(s string) (string, error) { return CleanValue(TypeSMS, s, false) }, []cleaned{
		{"+994551234567", "+994551234567", ""},
		{" +994 (55) 123-45-67 ", "+994551234567", ""},
		{"00994551234567", "+994551234567", ""},
		{"+1.202.555/0100", "+12025550100", ""},
		{"", "", "Type a phone number"},
		{"994551234567", "", "Start with +"},
		{"055 123 45 67", "", "Start with +"},
		{"+0994551234567", "", "does not start with 0"},
		{"+99455", "", "too short"},
		{"+1234567890123456", "", "too long"},
		{"+99455CALLME", "", "only digits"},
		{"+٩٩٤٥٥١٢٣٤٥٦٧", "+994551234567", ""},
		{"tel:+44-(0)20-7946-0958", "+442079460958", ""},
	})
}

func TestCleanLabel(t *testing.T) {
	checkCleaner(t, CleanLabel, []cleaned{
		{" ops hook\t", "ops hook", ""}, {"", "", ""}, {"  ", "", ""}, {strings.Repeat("ü", 40), strings.Repeat("ü", 40), ""}, {"📟", "📟", ""},
		{strings.Repeat("ü", 41), "", "at most 40"}, {"a\nb", "", "U+000A"}, {"a\u202eb", "", "U+202E"}, {"a\u2028b", "", "U+2028"},
		{"\u200b\u2060", "", "Nothing can be seen"}, {"\xff", "", "UTF-8"},
	})
}

func TestCleanNameReasonCodeAndFeedback(t *testing.T) {
	checkCleaner(t, CleanName, []cleaned{
		{" John ", "John", ""}, {"O'Brien-Łukasz 李", "O'Brien-Łukasz 李", ""},
		{"   ", "", "at least one"}, {"\u200b", "", "would be invisible"}, {"\u00ad\u2060", "", "would be invisible"}, {"\u3164", "", "would be invisible"},
		{"🙂", "🙂", ""}, {strings.Repeat("ß", 101), "", "at most 100"}, {"a\x1b[2J", "", "U+001B"}, {"a\u202eb", "", "U+202E"}, {"a\xff", "", "UTF-8"},
	})
	checkCleaner(t, CleanReason, []cleaned{
		{"poor-features", "poor-features", ""}, {"a1", "a1", ""},
		{"", "", "Give a reason"}, {"Poor-Features", "", "lower-case"}, {"-x", "", "lower-case"}, {"x-", "", "lower-case"}, {"a b", "", "lower-case"}, {strings.Repeat("x", 65), "", "at most 64"},
	})
	checkCleaner(t, CleanCode, []cleaned{
		{"481.516", "481516", ""}, {"481516.", "481516", ""}, {"(481516)", "481516", ""}, {"“481516”", "481516", ""}, {`"481 516"`, "481516", ""}, {"+481516", "", `remove "+"`},
		{"087608", "087608", ""}, {" 087 608 ", "087608", ""}, {"087-608", "087608", ""},
		{"", "", "six digits"}, {"08760", "", "six digits"}, {"0876088", "", "six digits"}, {"08760a", "", `remove "a"`},
		{"\u202a087\u2013608\u202c", "087608", ""}, {"087−608", "087608", ""}, {"０８７　６０８", "087608", ""}, {"\u200b٠٨٧\u202f٦٠٨\n", "087608", ""}, {"๐๘๗ ๖๐๘", "087608", ""},
		{"0\ufe0f\u20e387608", "087608", ""}, {"087\x00608", "", "an invisible sign, U+0000"}, {"O87608", "", `remove "O"`}, {"０８７６０", "", "six digits"}, {"087\xff608", "", "U+FFFD"},
	})
	checkCleaner(t, CleanFeedback, []cleaned{
		{" Good\r\nexperience\r", "Good\nexperience", ""},
		{" \n ", "", "Type what"}, {strings.Repeat("x", 5001), "", "at most 5000"}, {"a\x00b", "", "U+0000"},
	})
}

func TestDeletionReasonsAreValid(t *testing.T) {
	for _, reason := range DeletionReasons {
		if _, err := CleanReason(reason); err != nil {
			t.Errorf("%s: %v", reason, err)
		}
	}
}

func TestEveryChannelTypeHasACleaner(t *testing.T) {
	for _, kind := range ChannelTypes {
		if cleaners[kind] == nil {
			t.Errorf("%s has no row in cleaners", kind)
		}
		if !strings.Contains(typeNames, string(kind)) {
			t.Errorf("%s is not in the sentence %q", kind, typeNames)
		}
	}
	if len(cleaners) != len(ChannelTypes) {
		t.Errorf("%d rows in cleaners for %d types", len(cleaners), len(ChannelTypes))
	}
	if _, err := CleanValue("fax", "+37120000000", true); err == nil || !strings.Contains(err.Error(), `no type "fax"`) {
		t.Errorf("a value of an unknown type: %v", err)
	}
}

func TestChannelFilter(t *testing.T) {
	for _, c := range []struct {
		filter ChannelFilter
		want   []ChannelType
	}{
		{ChannelFilter{}, []ChannelType{TypeEmail, TypeSMS, TypeWebhook, TypePush}},
		{ChannelFilter{Include: []ChannelType{TypeSMS, TypeEmail}, Exclude: []ChannelType{TypePush}}, []ChannelType{TypeEmail, TypeSMS}},
		{ChannelFilter{Exclude: []ChannelType{TypePush}}, []ChannelType{TypeEmail, TypeSMS, TypeWebhook}},
		{ChannelFilter{Include: []ChannelType{TypeSMS}, Exclude: []ChannelType{TypeSMS}}, nil},
	} {
		for _, kind := range ChannelTypes {
			want := false
			for _, w := range c.want {
				want = want || w == kind
			}
			if got := c.filter.Keeps(kind); got != want {
				t.Errorf("%+v keeps %s: %v", c.filter, kind, got)
			}
		}
	}
	if err := (ChannelFilter{Include: []ChannelType{"fax"}, Exclude: []ChannelType{"pigeon"}}).Validate(); ErrorCode(err) != CodeInvalid || !strings.Contains(err.Error(), "pigeon") || !strings.Contains(err.Error(), "fax") {
		t.Errorf("unknown types: %v", err)
	}
}

func TestChannelStatus(t *testing.T) {
	for _, c := range []struct {
		channel   Channel
		status    ChannelStatus
		reachable bool
	}{
		{Channel{}, StatusPending, false},
		{Channel{Verified: true, Enabled: true, ActiveValue: "x"}, StatusActive, true},
		{Channel{Verified: true, ActiveValue: "x"}, StatusDisabled, false},
		{Channel{Enabled: true, ActiveValue: "old"}, StatusPending, true}, // being changed: the old value is in force
	} {
		if c.channel.Status() != c.status || c.channel.Reachable() != c.reachable {
			t.Errorf("%+v is %s, reachable %v", c.channel, c.channel.Status(), c.channel.Reachable())
		}
	}
}

func TestChannelInForce(t *testing.T) {
	for want, c := range map[string]Channel{
		"new": {Value: "new"},
		"old": {Value: "new", ActiveValue: "old"},
		"it":  {Value: "it", ActiveValue: "it", Verified: true},
	} {
		if got := c.InForce(); got != want {
			t.Errorf("%+v: %q is in force, want %q", c, got, want)
		}
	}
}

func TestCodeStateLive(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	live := CodeState{ExpiresAt: now.Add(time.Second), AttemptsLeft: 1}
	if !live.Live(now) || live.Live(now.Add(time.Second)) {
		t.Error("a code is live before its expiry, and not at it")
	}
	exhausted, locked := live, live
	exhausted.AttemptsLeft, locked.LockedUntil = 0, now.Add(time.Hour)
	if exhausted.Live(now) || locked.Live(now) || (*CodeState)(nil).Live(now) {
		t.Error("an exhausted, locked or missing code is live")
	}
}

func TestFaultsAreCollected(t *testing.T) {
	var f FieldErrors
	f.Add("name", nil)
	if f.Err() != nil {
		t.Fatal("a nil error was added as a fault")
	}
	f.Add("surname", errors.New("too long"))
	f.Add("name", errors.New("empty"))
	err := f.Err()
	if ErrorCode(err) != CodeInvalid || err.Error() != "Some values are not right. (name: empty; surname: too long)" {
		t.Errorf("%v", err)
	}
	if ErrorCode(errors.New("strange")) != CodeInternal || ErrorCode(nil) != "" {
		t.Error("an error that is not an *Error is not internal, or nil has a code")
	}
}

func TestReadableValueIsTakenAgain(t *testing.T) {
	for kind, want := range map[ChannelType]string{TypeSMS: "+44 20 7946 0958", TypeEmail: "+442079460958", TypeWebhook: "+442079460958", "pigeon": "+442079460958"} {
		if got := ReadableValue(kind, "+442079460958"); got != want {
			t.Errorf("%s is read as %q, want %q", kind, got, want)
		}
	}
	if got, err := CleanValue(TypeSMS, ReadableValue(TypeSMS, "+442079460958"), false); err != nil || got != "+442079460958" {
		t.Errorf("%q, %v", got, err)
	}
}

// FuzzCleanCode: what is accepted is accepted again and unchanged, also with what may come
// along.
func FuzzCleanCode(f *testing.F) {
	for _, s := range []string{"087608", "087-608", "\u202a087\u2013608\u202c", "０８７　６０８", "٠٨٧٦٠٨", "08760a", "087\x00608", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, err := CleanCode(s)
		if err != nil {
			return
		}
		if len(code) != CodeDigits || strings.Trim(code, "0123456789") != "" {
			t.Errorf("%q is %q", s, code)
		}
		for _, again := range []string{code, " " + code[:3] + "\u2011" + code[3:] + "\u200b"} {
			if got, err := CleanCode(again); err != nil || got != code {
				t.Errorf("%q is %s, and %q is %q, %v", s, code, again, got, err)
			}
		}
	})
}
