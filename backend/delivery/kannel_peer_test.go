//go:build linux

package delivery

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
)

// gatewayPeer is Debian's kannel with its fake SMSC in the place of a network
// of telephones.
type gatewayPeer struct {
	url                 string // of its sendsms interface
	bearer, box, phones *daemon
}

const kannelConf = `group = core
admin-port = %[2]d
admin-interface = "127.0.0.1"
admin-password = status
smsbox-port = %[3]d
smsbox-interface = "127.0.0.1"
box-allow-ip = "127.0.0.1"
store-file = "%[1]s/store"

group = smsc
smsc = fake
smsc-id = phones
our-host = "127.0.0.1"
port = %[4]d
connect-allow-ip = "127.0.0.1"

group = smsbox
bearerbox-host = "127.0.0.1"
sendsms-port = %[5]d
sendsms-interface = "127.0.0.1"
global-sender = 13013

group = sendsms-user
username = pinghome
password = s3cret
concatenation = true
max-messages = 3

group = sms-service
keyword = default
text = "Nobody reads this."
`

func startKannel(t *testing.T) gatewayPeer {
	t.Helper()
	const bearerbox, smsbox, fakesmsc = "/usr/sbin/bearerbox", "/usr/sbin/smsbox", "/usr/lib/kannel/test/fakesmsc"
	need(t, "kannel kannel-extras", bearerbox, smsbox, fakesmsc)
	dir, ports := room(t), freePorts(t, 4)
	conf := filepath.Join(dir, "kannel.conf")
	put(t, conf, fmt.Sprintf(kannelConf, dir, ports[0], ports[1], ports[2], ports[3]))

	p := gatewayPeer{url: "http://" + address(ports[3])}
	p.bearer = startDaemon(t, dir, bearerbox, conf)
	status := "http://" + address(ports[0]) + "/status.txt?password=status"
	until(t, "the bearerbox", answers(status, "running"), p.bearer.said)
	p.phones = startDaemon(t, dir, fakesmsc, "-H", "127.0.0.1", "-r", fmt.Sprint(ports[2]), "-m", "0", "1 2 text nothing")
	until(t, "the fake SMSC", answers(status, "(online"), p.bearer.said)
	p.box = startDaemon(t, dir, smsbox, conf)
	until(t, "the smsbox", answers(p.url+"/cgi-bin/sendsms", ""), p.box.said)
	until(t, "the smsbox at the bearerbox", answers(status, "smsbox:"), p.box.said)
	return p
}

// answers tells whether an address answers with these words in it.
func answers(at, words string) func() bool {
	return func() bool {
		response, err := http.Get(at)
		if err != nil {
			return false
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		return err == nil && strings.Contains(string(body), words)
	}
}

// What a real gateway takes, goes out to the phone in the right alphabet.
func TestKannelSendsAnSMS(t *testing.T) {
	p := startKannel(t)
	r := newRouter(t, kannelAt(p.url))
	for _, test := range []struct{ body, arrives string }{
		{"481516 is your PingHome code.", "<PingHome +994551234567 text 481516 is your PingHome code.>"},
		{"481516: €[]~ & 100%", "text 481516: €[]~ & 100%>"},
		{sms(t).Body, "<Never give it to anybody.>"}, // the fake one takes each line for a message
		{"Код 481516", "ucs-2 " + ucs2("Код 481516")},
	} {
		m := sms(t)
		m.Body = test.body
		receipt, err := r.Send(t.Context(), m)
		if err != nil || receipt != (Receipt{Provider: "kannel", Status: "0: Accepted for delivery"}) {
			t.Fatalf("%+v, %v\n%s", receipt, err, p.box.said())
		}
		until(t, test.arrives, p.phones.hasSaid(test.arrives), p.phones.said)
	}
}

// ucs2 is a text as the fake SMSC prints it: two bytes for a letter, with %XX
// for those that are not letters or digits in ASCII.
func ucs2(text string) string {
	var bytes strings.Builder
	for _, r := range text {
		bytes.WriteByte(byte(r >> 8))
		bytes.WriteByte(byte(r))
	}
	return url.QueryEscape(bytes.String())
}

// What a real gateway refuses is told in its own words, and never with its password.
func TestKannelRefuses(t *testing.T) {
	p := startKannel(t)
	wrong := kannelAt(p.url)
	wrong.SMS.Secret = "an0ther"
	e := failure(t, newRouter(t, wrong), sms(t))
	if e.Kind != Temporary || !strings.Contains(e.Status, "Authorization failed for sendsms") || !strings.Contains(e.Status, "delivery.sms.account") {
		t.Errorf("a wrong password: %+v", e)
	}
	p.box.stop()
	e = failure(t, newRouter(t, kannelAt(p.url)), sms(t))
	if e.Kind != Temporary || e.Status != "refused the connection" || strings.Contains(fmt.Sprint(e.Err), "s3cret") {
		t.Errorf("no smsbox: %+v", e)
	}
}
