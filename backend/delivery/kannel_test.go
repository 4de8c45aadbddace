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

// kannelDaemons are the daemons of Debian's kannel, with its fake SMSC in the place of
// a mobile network.
type kannelDaemons struct {
	url                     string // of its sendsms interface
	bearerbox, smsbox, smsc *daemon
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
text = "unused"
`

func startKannel(t *testing.T) kannelDaemons {
	t.Helper()
	const bearerbox, smsbox, fakesmsc = "/usr/sbin/bearerbox", "/usr/sbin/smsbox", "/usr/lib/kannel/test/fakesmsc"
	requirePrograms(t, "kannel kannel-extras", bearerbox, smsbox, fakesmsc)
	dir, ports := sharedDir(t), freePorts(t, 4)
	conf := filepath.Join(dir, "kannel.conf")
	writeFile(t, conf, fmt.Sprintf(kannelConf, dir, ports[0], ports[1], ports[2], ports[3]))

	p := kannelDaemons{url: "http://" + address(ports[3])}
	p.bearerbox = startDaemon(t, dir, bearerbox, conf)
	status := "http://" + address(ports[0]) + "/status.txt?password=status"
	waitFor(t, "the bearerbox", answersWith(status, "running"), p.bearerbox.output)
	p.smsc = startDaemon(t, dir, fakesmsc, "-H", "127.0.0.1", "-r", fmt.Sprint(ports[2]), "-m", "0", "1 2 text nothing")
	waitFor(t, "the fake SMSC", answersWith(status, "(online"), p.bearerbox.output)
	p.smsbox = startDaemon(t, dir, smsbox, conf)
	waitFor(t, "the smsbox", answersWith(p.url+"/cgi-bin/sendsms", ""), p.smsbox.output)
	waitFor(t, "the smsbox at the bearerbox", answersWith(status, "smsbox:"), p.smsbox.output)
	return p
}

// answersWith reports whether a URL answers with a text in it.
func answersWith(at, text string) func() bool {
	return func() bool {
		response, err := http.Get(at)
		if err != nil {
			return false
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		return err == nil && strings.Contains(string(body), text)
	}
}

// TestKannelSendsAnSMS checks that messages arrive at the SMSC in the right alphabet.
func TestKannelSendsAnSMS(t *testing.T) {
	p := startKannel(t)
	r := newRouter(t, kannelConfig(p.url))
	for _, test := range []struct{ body, arrives string }{
		{"481516 is your PingHome code.", "<PingHome +994551234567 text 481516 is your PingHome code.>"},
		{"481516: €[]~ & 100%", "text 481516: €[]~ & 100%>"},
		{smsMessage(t).Body, "<Never give it to anybody.>"}, // the fake SMSC prints each line as a message
		{"Код 481516", "ucs-2 " + ucs2("Код 481516")},
	} {
		m := smsMessage(t)
		m.Body = test.body
		receipt, err := r.Send(t.Context(), m)
		if err != nil || receipt != (Receipt{Provider: "kannel", Status: "0: Accepted for delivery"}) {
			t.Fatalf("%+v, %v\n%s", receipt, err, p.smsbox.output())
		}
		waitFor(t, test.arrives, p.smsc.hasPrinted(test.arrives), p.smsc.output)
	}
}

// ucs2 is a text as the fake SMSC prints it: two bytes a character, with %XX for those
// that are not letters or digits in ASCII.
func ucs2(text string) string {
	var bytes strings.Builder
	for _, r := range text {
		bytes.WriteByte(byte(r >> 8))
		bytes.WriteByte(byte(r))
	}
	return url.QueryEscape(bytes.String())
}

// TestKannelRefuses checks that an error has the answer of the gateway, but never the
// password.
func TestKannelRefuses(t *testing.T) {
	p := startKannel(t)
	if found := newRouter(t, kannelConfig(p.url)).Probe(t.Context())[0]; found.Err != nil || found.Status != "kannel accepts the username and the password" {
		t.Errorf("probed: %+v", found)
	}
	wrong := kannelConfig(p.url)
	wrong.SMS.Secret = "an0ther"
	e := sendFailure(t, newRouter(t, wrong), smsMessage(t))
	if e.Kind != Temporary || !strings.Contains(e.Status, "Authorization failed for sendsms") || !strings.Contains(e.Status, "delivery.sms.account") {
		t.Errorf("a wrong password: %+v", e)
	}
	if found := newRouter(t, wrong).Probe(t.Context())[0]; found.Err == nil || AsError(found.Err).Status != e.Status {
		t.Errorf("probed with a wrong password: %+v", found)
	}
	p.smsbox.stop()
	e = sendFailure(t, newRouter(t, kannelConfig(p.url)), smsMessage(t))
	if e.Kind != Temporary || e.Status != "refused the connection" || strings.Contains(fmt.Sprint(e.Err), "s3cret") {
		t.Errorf("no smsbox: %+v", e)
	}
}
