package httpapi_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestDeleteSeveralChannels: a list may be written in many ways.
func TestDeleteSeveralChannels(t *testing.T) {
	for _, query := range []string{"priority=3,4", "priority=3&priority=4", "priority=4&priority=3", "priority=3%2C4", "priority=3%264", "priority=3&4",
		"priority=3,+4", "priority=%203%20,%204%20", "priority=3+4", "priority[]=3&priority[]=4", "priority%5B%5D=3&priority%5B%5D=4",
		"priority=3,4,3&priority=4", "priority=3,,4,", "priority=&priority=3,4", "priority=3&priority[]=4&x=y&=z",
		"priority[0]=3&priority[1]=4", "priority%5B1%5D=4&priority%5B0%5D=3", "priority[7]=3,4&priority[07]=3", "priority[0]=4&priority[]=3"} {
		t.Run(query, func(t *testing.T) {
			h := startServer(t)
			g := h.as(john)
			for n := range 4 {
				g.channel("webhook", fmt.Sprintf("https://example.org/%d", n), false)
			}
			g.do("DELETE", channelPath(john)+"?"+query+"&priority=9", "").refuses(404, "not_found").is("[9]", "missing")
			g.do("DELETE", channelPath(john)+"?"+query, "").wants(200).is("[3,4]", "data", "deleted").is("null", "warning")
			g.do("GET", channelPath(john)+"s", "").hasNumbers("priority", 1, 2, 5)
		})
	}
}

func TestDeleteTheLastReachableChannel(t *testing.T) {
	h := startServer(t)
	g := h.as(john)
	g.channel("webhook", "https://example.org/", false)
	g.do("DELETE", channelPath(john)+"?priority=1", `{"priority": 2}`, "Content-Type", "text/plain").wants(200).is(`"no_reachable_channel"`, "warning").is("[1]", "data", "deleted")
	g.do("DELETE", channelPath(john)+"?priority=2", "").wants(200).is(`"no_reachable_channel"`, "warning")
	g.do("GET", channelPath(john)+"s", "").wants(200).is("[]", "data")
}

// TestLabelOfAChannel: it is optional, and a text and nothing else.
func TestLabelOfAChannel(t *testing.T) {
	g := startServer(t).as(john) // channel 1 is an email, verified
	path := channelPath(john)
	g.do("POST", path, `{"type": "sms", "value": "+994551234567", "label": " pager "}`).wants(201).is(`"pager"`, "data", "label")
	g.do("POST", path, `{"type": "sms", "value": "+994551234568"}`).wants(201).is(`""`, "data", "label")
	for _, label := range []string{`7`, `null`, `true`, `["a"]`, `"` + strings.Repeat("x", 41) + `"`, `"\u0007"`, `"\u202e"`} {
		g.do("POST", path, `{"type": "sms", "value": "+994551234569", "label": `+label+`}`).refuses(422, "invalid", "label")
		g.do("PUT", path, `{"priority": 2, "value": "+994551234567", "label": `+label+`}`).refuses(422, "invalid", "label")
	}
	put := func(label, key string) received {
		return g.do("PUT", path, `{"priority": 2, "value": "+994551234567", "label": "`+label+`"}`, "Idempotency-Key", key)
	}
	put("ops", "a").wants(200).is("true", "data", "label_changed").is("false", "data", "changed").is("false", "data", "code_sent").is(`"ops"`, "data", "label").
		is(`"The channel has another label."`, "message")
	put("", "b").wants(200).is(`""`, "data", "label")
	put("ops", "a").wants(200).is(`"ops"`, "data", "label") // a repeat: nothing is changed
	put("hook", "a").refuses(422, "idempotency_key_reused")
}

// TestListChannelsByType: include, or everything, minus exclude.
func TestListChannelsByType(t *testing.T) {
	h := startServer(t)
	g := h.as(john) // channel 1 is an email
	g.channel("sms", "+994551234567", false)
	g.channel("push-notification", "https://push.example/", false)
	g.channel("webhook", "https://hook.example/", false)
	for query, want := range map[string][]int{
		"": {1, 2, 3, 4}, "?include_types=&exclude_types=": {1, 2, 3, 4}, "?include_types=sms,email&exclude_types=push-notification": {1, 2},
		"?include_types=sms&include_types=email": {1, 2}, "?include_types[]=sms&include_types[]=webhook": {2, 4},
		"?include_types[0]=sms&include_types[1]=webhook": {2, 4}, "?exclude_types%5B0%5D=sms&exclude_types%5B1%5D=email": {3, 4}, "?include_types[0]=": {1, 2, 3, 4}, "?exclude_types=sms,+email": {3, 4},
		"?exclude_types=sms&exclude_types=email&exclude_types=webhook&exclude_types=push-notification": {}, "?include_types=sms&exclude_types=sms": {},
		"?include_types=,sms,": {2}, "?include_types=sms%20email": {1, 2}, "?types=sms": {1, 2, 3, 4},
	} {
		g.do("GET", channelPath(john)+"s"+query, "").hasNumbers("priority", want...)
	}
}

// channelPath is the path of a customer's channels.
func channelPath(id string) string { return "/customer/" + id + "/notification-channel" }

func TestSwitchOffTheLastReachableChannel(t *testing.T) {
	g := startServer(t).as(john) // channel 1 is an email, and on
	g.channel("sms", "+994551234567", true)
	g.do("PUT", channelPath(john)+"/enabled", `{"priority": 2, "enabled": false}`).wants(200).is("null", "warning")
	g.do("PUT", channelPath(john)+"/enabled", `{"priority": 1, "enabled": false}`).wants(200).is(`"no_reachable_channel"`, "warning")
	g.do("PUT", channelPath(john)+"/enabled", `{"priority": 1, "enabled": true}`).wants(200).is("null", "warning")
}
