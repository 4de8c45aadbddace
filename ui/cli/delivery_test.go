//go:build unix

package cli

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A webhook is added, verified, tested and proven; its receiver goes away and
// comes back.
func TestAWebhookFromItsCreationToItsRetry(t *testing.T) {
	h, receiver := home{t, t.TempDir()}, newHooks(t)
	h.keep("delivery.toml", hooksConfiguration+"[delivery]\nproof_days = 30\n")
	a, server, logged := h.served(t, h.account())

	made := a.addHook("http://" + receiver.address + "/first")
	verification := receiver.next("verification", made.Secret)
	a.tried(1, "sent")
	a.want("PATCH", "/notification-channel/verification", fmt.Sprintf(`{"priority": 1, "code": %q}`, verification.Code), nil)
	a.want("POST", "/notification-channel/test", `{"priority": 1}`, nil)
	test := receiver.next("test", made.Secret)
	a.want("POST", "/notification-channel/receipt", fmt.Sprintf(`{"priority": 1, "word": %q}`, test.Word), nil)
	first := a.channels()[0]
	if !first.Verified || first.Failure != nil || first.Proof.AcceptedBy != "webhook "+receiver.address {
		t.Errorf("verified: %+v", first)
	}
	if p := first.Proof; p.SeenAt.IsZero() || p.StaleAt.Sub(p.SeenAt) != 30*24*time.Hour {
		t.Errorf("seen: %+v", p)
	}

	receiver.stop()
	if status := a.ask("POST", "/notification-channel/test", `{"priority": 1}`, nil); status != http.StatusBadGateway {
		t.Errorf("a test of a receiver that is away: %d", status)
	}
	if failure := a.channels()[0].Failure; failure == nil || failure.Status != "refused the connection" {
		t.Errorf("the failure: %+v", failure)
	}
	if list := h.run("messages", "list"); !strings.Contains(list, "failed: webhook "+receiver.address+", refused the connection") {
		t.Errorf("the messages are listed as\n%s", list)
	}
	if list := h.run("messages", "list", "--json"); !strings.Contains(list, `"state":"failed"`) && !strings.Contains(list, `"state": "failed"`) {
		t.Errorf("the messages are listed as\n%s", list)
	}
	second := a.addHook("http://" + receiver.address + "/second")
	delayed := a.tried(2, "delayed")
	if delayed.Status != "refused the connection" || delayed.Kind != "verification" {
		t.Errorf("%+v", delayed)
	}
	receiver.start()
	if retried := receiver.next("verification", second.Secret); retried.ID != delayed.MessageID {
		t.Errorf("the retry is another message: %s, %s", retried.ID, delayed.MessageID)
	}
	if sent := a.tried(2, "sent"); sent.MessageID != delayed.MessageID {
		t.Errorf("%+v", sent)
	}

	server.Process.Signal(syscall.SIGTERM)
	if state, _ := server.Process.Wait(); state.ExitCode() != 128+int(syscall.SIGTERM) {
		t.Errorf("the server ended with %v", state)
	}
	for _, secret := range []string{made.Secret, second.Secret, verification.Code, test.Word} {
		if strings.Contains(logged.String(), secret) {
			t.Errorf("%s is in the log:\n%s", secret, logged)
		}
	}
}

// What a server that was killed has left behind, the console sends.
func TestTheConsoleSendsWhatWasLeft(t *testing.T) {
	h, receiver := home{t, t.TempDir()}, newHooks(t)
	h.keep("delivery.toml", hooksConfiguration)
	a, server, _ := h.served(t, h.account())
	receiver.stop()
	made := a.addHook("http://" + receiver.address)
	left := a.tried(1, "delayed")
	server.Process.Kill()
	server.Wait()
	receiver.start()

	w := inWindowAt(t, h.dir, "pinghome", "--config", "delivery.toml")
	w.see("Ada Byron")
	if a := receiver.next("verification", made.Secret); a.ID != left.MessageID {
		t.Errorf("another message: %+v", a)
	}
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
}

// A message is in the hands of a receiver that hangs when the server is asked
// to end: it is waited for, and recorded.
func TestAServerEndsAfterWhatItHasBegun(t *testing.T) {
	h := home{t, t.TempDir()}
	h.keep("delivery.toml", hooksConfiguration)
	address, asked, answer := hanging(t, "127.0.0.1:0")
	token := h.account()
	a, server, _ := h.served(t, token)
	a.addHook("http://" + address)
	<-asked
	server.Process.Signal(syscall.SIGTERM)
	time.AfterFunc(2*drain, func() { close(answer) }) // long after the server has closed its door
	if state, _ := server.Process.Wait(); state.ExitCode() != 128+int(syscall.SIGTERM) {
		t.Errorf("the server ended with %v", state)
	}
	a, _, _ = h.served(t, token)
	if sent := a.tried(1, "sent"); sent.Provider != "webhook "+address {
		t.Errorf("%+v", sent)
	}
	if len(asked) > 0 {
		t.Error("it was sent twice")
	}
}

// Nobody sits before an empty terminal because a provider hangs.
func TestAConsoleThatIsLeftDoesNotWaitForAProvider(t *testing.T) {
	h, receiver := home{t, t.TempDir()}, newHooks(t)
	h.keep("delivery.toml", hooksConfiguration)
	a, server, _ := h.served(t, h.account())
	receiver.stop()
	a.addHook("http://" + receiver.address)
	a.tried(1, "delayed")
	server.Process.Kill()
	server.Wait()
	_, asked, _ := hanging(t, receiver.address)

	w := inWindowAt(t, h.dir, "pinghome", "--config", "delivery.toml")
	w.see("Ada Byron")
	<-asked
	left := time.Now()
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
	if took := time.Since(left); took > stall {
		t.Errorf("leaving took %v", took)
	}
}

// hanging is a receiver that says when it is asked, and does not answer before
// answer is closed.
func hanging(t *testing.T, at string) (address string, asked chan bool, answer chan bool) {
	t.Helper()
	listener, err := net.Listen("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	asked, answer = make(chan bool, 8), make(chan bool)
	server := &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked <- true; <-answer })}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return listener.Addr().String(), asked, answer
}

func TestTheDemoSendsNothing(t *testing.T) {
	dir := t.TempDir()
	home{t, dir}.keep("config.toml", mailSection)
	p, err := choosePlace(&options{isDemo: true}, paths{config: dir + "/config.toml"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	if p := p.(*place); p.sending.router != nil {
		t.Errorf("%+v", p.sending)
	}
}
