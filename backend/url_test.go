package backend

import (
	"strings"
	"testing"
)

func TestCleanValueOfURLs(t *testing.T) {
	checkCleaner(t, func(s string) (string, error) { return CleanValue(TypeWebhook, s, false) }, []cleaned{
		{"HTTPS://Hooks.Example.COM/Alerts?a=B", "https://hooks.example.com/Alerts?a=B", ""},
		{"", "", "Type a web address"},
		{"https://hooks.example.com:443/x", "https://hooks.example.com/x", ""},
		{"https://hooks.example.com:/x", "https://hooks.example.com/x", ""},
		{"https://[2001:db8::1]:443/x", "https://[2001:db8::1]/x", ""},
		{"https://hooks.example.com:8443/x", "https://hooks.example.com:8443/x", ""},
		{"https://bücher.example?q=%7e", "https://xn--bcher-kva.example/?q=%7e", ""},
		{"\u200b<https://hooks.example.com/x>\u200e ", "https://hooks.example.com/x", ""},  // RFC 3986, appendix C
		{"https://%68%4Foks.example:8443/%41?%41", "https://hooks.example:8443/A?%41", ""}, // RFC 3986, 6.2.2.2
		{"https://b%C3%BCcher.example/", "https://xn--bcher-kva.example/", ""}, {"https://h%2Fx.example/", "", "Type a whole web address"},
		{"https://u%40b@h.example/", "", "Leave out the user name"}, {"https://h%3A80/", "", "Type a whole web address"},
		{"https://hooks.example.com?q=ü&a=%2f%7E&b=50%", "https://hooks.example.com/?q=%C3%BC&a=%2f%7E&b=50%25", ""},
		{"https://hooks.example.com/x?", "https://hooks.example.com/x?", ""},
		{"https://hooks.example.com/%e4/ä/%7ea", "https://hooks.example.com/%E4/%C3%A4/~a", ""},
		{"https://hooks.example.com/50%/a", "", "Write %25"},
		{"https://hooks.example.com/50%", "", "Write %25"},
		{"https://b%zzcher.example/", "", "Write %25"},
		{"https://hooks.example.com./a/./b/../../c/..", "https://hooks.example.com/", ""},
		{"https://[::ffff:192.0.2.1]:443", "https://192.0.2.1/", ""},
		{"https://[2001:DB8:0:0::1]:8443/", "https://[2001:db8::1]:8443/", ""},
		{"https://[fe80::1%25eth0]/", "", "Leave out the %"},
		{"https://0x7f.1/", "", "four plain"},
		{"https://127.1/", "", "four plain"},
		{"https://%31%32%37.1/", "", "four plain decimal numbers"},
		{"https://a!b.example/", "", "not a name"},
		{"https://" + strings.Repeat("a", 64) + ".example/", "", "63"},
		{"https://hooks.example.com/\u202ea", "", "U+202E"},
		{"https://hooks\u200b.example.com/a", "", "U+200B"},
		{"https://hooks.example.com/a b", "", "Remove the spaces"},
		{"https://hooks.example.com/\"a\"?b=[1]#top", "https://hooks.example.com/%22a%22?b=%5B1%5D", ""},
		{"https://hooks..example.com/", "", "not a name"},
		{"https://./", "", "not a name"},
		{"https://xn--a.example/", "", "not a name"},
		{"https://[2001::db8::1]/", "", "whole web address"},
		{"https://a\"b.example/", "", "not a name"},
		{"https://hooks.example.com/" + strings.Repeat("ü", 900), "", "at most"},
		{"https://hooks.example.com:99999/x", "", "from 1 to 65535"},
		{"https://hooks.example.com:0/x", "", "from 1 to 65535"},
		{"hooks.example.com/alerts", "", "whole web address"},
		{"http://hooks.example.com", "", "start with https"},
		{"http://127.0.0.1:9000/x", "", "start with https"},
		{"ftp://example.com/", "", "start with https"},
		{"https://user:secret@example.com/", "", "user name"},
		{"https:///alerts", "", "whole web address"},
		{"https://exa mple.com/", "", "Remove the spaces"},
		{"https://example.com/" + strings.Repeat("x", 2000), "", "at most"},
	})
}

func TestCleanValueOfURLsWithPlainHTTP(t *testing.T) {
	checkCleaner(t, func(s string) (string, error) { return CleanValue(TypePush, s, true) }, []cleaned{
		{"http://127.0.0.1:9000/x", "http://127.0.0.1:9000/x", ""},
		{"http://[::1]/x", "http://[::1]/x", ""},
		{"http://localhost/x", "http://localhost/x", ""},
		{"HTTP://10.0.0.1/x", "http://10.0.0.1/x", ""},
		{"http://user@10.0.0.1/x", "", "user name"},
		{"ftp://127.0.0.1/x", "", "start with https"},
	})
}
