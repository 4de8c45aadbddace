package httpapi_test

import (
	"testing"
)

// TestParametersInAnotherNotationAreRefused: what would be dropped changes what an answer
// shows and what is deleted. The four notations of axios (README, "paramsSerializer",
// "indexes") are read.
func TestParametersInAnotherNotationAreRefused(t *testing.T) {
	g := startServer(t).as(john)
	channels, messages := channelPath(john), "/customer/"+john+"/messages"
	for _, test := range []struct{ method, at, field string }{
		{"GET", channels + "s?include_types[a]=sms", "include_types"},
		{"GET", channels + "s?include_types[0][1]=sms", "include_types"},
		{"GET", channels + "s?include_types[-1]=sms", "include_types"},
		{"GET", channels + "s?include_types[=sms", "include_types"},
		{"GET", channels + "s?include_types]=sms", "include_types"},
		{"GET", channels + "s?include_types.0=sms", "include_types"},
		{"GET", channels + "s?include_types%255B%255D=sms", "include_types"},
		{"GET", channels + "s?+include_types=sms", "include_types"},
		{"GET", channels + "s?includeTypes=sms", "include_types"},
		{"GET", channels + "s?Include-Types[]=sms", "include_types"},
		{"GET", channels + "s?exclude_types{}=sms", "exclude_types"},
		{"DELETE", channels + "?priority.0=2", "priority"},
		{"DELETE", channels + "?priority=1&priority[a]=2", "priority"},
		{"DELETE", channels + "?Priority=2", "priority"},
		{"DELETE", messages + "?id=1&id(0)=2", "id"},
		{"GET", channels + "/attempts?priority[0]=1&priority[1]=2", "priority"},
		{"GET", channels + "/attempts?priority[a]=1", "priority"},
		{"GET", messages + "?limit[]=1", "limit"},
		{"GET", messages + "?limit[0]=1", "limit"},
		{"GET", messages + "?limit=1&limit=2", "limit"},
		{"GET", messages + "?LIMIT=1", "limit"},
		{"DELETE", "/customer?reason[]=other", "reason"},
	} {
		g.do(test.method, test.at, "").refuses(422, "invalid", test.field)
	}
	for _, at := range []string{channels + "s?types[0]=sms", channels + "s?page[size]=3", messages + "?priority[x]=1", messages + "?=1", messages + "?[]=1"} {
		g.do("GET", at, "").wants(200) // no parameters of these
	}
	g.do("GET", channels+"/attempts?priority[0]=1", "").wants(200)
}

// TestEveryNumberOfJSONIsJSON: RFC 8259, 6 sets no limits, and a member that is not known
// is ignored.
func TestEveryNumberOfJSONIsJSON(t *testing.T) {
	g := startServer(t).as(john)
	for _, number := range []string{"1e400", "-1e400", "1e-400", "123456789012345678901234567890", "0.1e+0", "-0", "[1e400, {\"a\": 1E999}]"} {
		g.do("PATCH", "/customer", `{"name": "John", "x": `+number+`}`).wants(200)
		g.do("PATCH", "/customer", `{"name": "John", "x": `+number+`, "x": 1}`).refuses(400, "bad_json")
		g.do("PUT", channelPath(john), `{"value": "a@example.org", "priority": `+number+`}`).refuses(422, "invalid", "priority")
	}
	for _, number := range []string{"1e", "01", "+1", ".5", "1.", "NaN", "0x1", "Infinity"} {
		g.do("PATCH", "/customer", `{"name": "John", "x": `+number+`}`).refuses(400, "bad_json")
	}
}
