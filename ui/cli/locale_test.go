package cli

import (
	"strings"
	"testing"
)

// TestUnicodeIsDrawnWhereTheLocaleHasIt: POSIX 1003.1, 8.2 has the order of the variables;
// the names are of locale(1) on Linux and macOS.
func TestUnicodeIsDrawnWhereTheLocaleHasIt(t *testing.T) {
	for variables, want := range map[string]bool{
		"":                                      false,
		"LANG=":                                 false,
		"LANG=C":                                false,
		"LANG=POSIX":                            false,
		"LANG=C.UTF-8":                          true,
		"LANG=de_DE.UTF-8":                      true,
		"LANG=de_DE.utf8":                       true,
		"LANG=en_US.UTF-8@euro":                 true,
		"LANG=de_DE":                            false,
		"LANG=de_DE@euro":                       false,
		"LANG=de_DE.ISO-8859-1":                 false,
		"LANG=de_DE.ISO8859-15":                 false,
		"LANG=ja_JP.eucJP":                      false,
		"LANG=zh_CN.GB18030":                    false,
		"LANG=garbage":                          false,
		"LC_CTYPE=UTF-8":                        true,
		"LC_ALL=C LANG=de_DE.UTF-8":             false,
		"LC_ALL= LANG=de_DE.UTF-8":              true,
		"LC_ALL=C.UTF-8 LC_CTYPE=C LANG=C":      true,
		"LC_CTYPE=C LANG=de_DE.UTF-8":           false,
		"LC_CTYPE=de_DE.UTF-8 LANG=C":           true,
		"LC_MESSAGES=C LANG=de_DE.UTF-8":        true,
		"LANG=C.UTF-8 TERM=linux":               false,
		"LANG=C.UTF-8 TERM=linux-16color":       false,
		"LANG=C.UTF-8 TERM=xterm-256color":      true,
		"LANGUAGE=de.UTF-8 TERM=xterm-256color": false,
	} {
		environment := map[string]string{}
		for pair := range strings.FieldsSeq(variables) {
			name, value, _ := strings.Cut(pair, "=")
			environment[name] = value
		}
		get := func(name string) string { return environment[name] }
		if got := showsUnicode("linux", get); got != want {
			t.Errorf("%s: %v", variables, got)
		}
		if !showsUnicode("windows", get) {
			t.Errorf("%s: not on Windows", variables)
		}
	}
}

// TestASCIIIsWhatWasAskedFor: the flag counts before the configuration, and that before
// the locale.
func TestASCIIIsWhatWasAskedFor(t *testing.T) {
	yes, no := true, false
	for _, test := range []struct {
		locale string
		config *bool
		flag   *bool
		want   bool
	}{
		{"C.UTF-8", nil, nil, false}, {"C", nil, nil, true}, {"C", &no, nil, false}, {"C.UTF-8", &yes, nil, true},
		{"C", nil, &no, false}, {"C.UTF-8", &no, &yes, true}, {"C", &yes, &no, false},
	} {
		t.Setenv("LC_ALL", test.locale)
		t.Setenv("TERM", "xterm")
		o := options{sourceFlags: sourceFlags{isGiven: func(flag string) bool { return flag == "ascii" && test.flag != nil }}}
		if test.flag != nil {
			o.isASCII = *test.flag
		}
		if got := o.drawsASCII(consoleSection{ASCII: test.config}); got != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
}
