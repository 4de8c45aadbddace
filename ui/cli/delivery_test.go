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

// A webhook is added, verified, tested and proven. Then its receiver is stopped
// and started again.
func TestAWebhookFromItsCreationToItsRetry(t *testing.T) {
	t.Parallel() // it waits most of the time
	h, receiver := home{t, t.TempDir()}, newWebhookReceiver(t)
	h.writeFile("delivery.toml", webhookConfig+"[delivery]\nproof_days = 30\n")
	a, server, logged := h.serveAPI(t, h.createAccount())

	secrets := a.proveWebhook(receiver)
	receiver.stop()
	h.wantRefusedTest(a, receiver)
	secrets = append(secrets, a.retryWebhook(receiver))

	server.Process.Signal(syscall.SIGTERM)
	if state, _ := server.Process.Wait(); state.ExitCode() != 128+int(syscall.SIGTERM) {
		t.Errorf("the server ended with %v", state)
	}
	for _, secret := range secrets {
		if strings.Contains(logged.String(), secret) {
			t.Errorf("%s is in the log:\n%s", secret, logged)
		}
	}
}

// proveWebhook adds a webhook as channel 1, verifies it, tests it and enters the
// test word. It returns the secrets that were sent.
func (a *api) proveWebhook(receiver *webhookReceiver) (secrets []string) {
	a.t.Helper()
	made := a.addWebhook("http://" + receiver.address + "/first")
	verification := receiver.next("verification", made.Secret)
	a.awaitAttempt(1, "sent")
	a.mustDo("PATCH", "/notification-channel/verification", fmt.Sprintf(`{"priority": 1, "code": %q}`, verification.Code), nil)
	a.mustDo("POST", "/notification-channel/test", `{"priority": 1}`, nil)
	test := receiver.next("test", made.Secret)
	a.mustDo("POST", "/notification-channel/receipt", fmt.Sprintf(`{"priority": 1, "word": %q}`, test.Word), nil)
	first := a.channels()[0]
	if !first.Verified || first.Failure != nil || first.Proof.AcceptedBy != "webhook "+receiver.address {
		a.t.Errorf("verified: %+v", first)
	}
	if p := first.Proof; p.SeenAt.IsZero() || p.StaleAt.Sub(p.SeenAt) != 30*24*time.Hour {
		a.t.Errorf("seen: %+v", p)
	}
	return []string{made.Secret, verification.Code, test.Word}
}

// wantRefusedTest tests channel 1, whose receiver is stopped, and looks for the
// failure everywhere where it is shown.
func (h home) wantRefusedTest(a *api, receiver *webhookReceiver) {
	h.t.Helper()
	if status := a.do("POST", "/notification-channel/test", `{"priority": 1}`, nil); status != http.StatusBadGateway {
		h.t.Errorf("a test of a receiver that is stopped: %d", status)
	}
	if failure := a.channels()[0].Failure; failure == nil || failure.Status != "refused the connection" {
		h.t.Errorf("the failure: %+v", failure)
	}
	if list := h.run("messages", "list"); !strings.Contains(list, "\tfailed\t") || !strings.Contains(list, "\twebhook "+receiver.address+", refused the connection") {
		h.t.Errorf("the messages are listed as\n%s", list)
	}
	if list := h.run("messages", "list", "--json"); !strings.Contains(list, `"state":"failed"`) && !strings.Contains(list, `"state": "failed"`) {
		h.t.Errorf("the messages are listed as\n%s", list)
	}
}

// retryWebhook adds a webhook as channel 2 while its receiver is stopped, starts
// the receiver and waits for the retry. It returns the signing secret.
func (a *api) retryWebhook(receiver *webhookReceiver) (secret string) {
	a.t.Helper()
	made := a.addWebhook("http://" + receiver.address + "/second")
	delayed := a.awaitAttempt(2, "delayed")
	if delayed.Status != "refused the connection" || delayed.Kind != "verification" {
		a.t.Errorf("%+v", delayed)
	}
	receiver.start()
	if retried := receiver.next("verification", made.Secret); retried.ID != delayed.MessageID {
		a.t.Errorf("the retry is another message: %s, %s", retried.ID, delayed.MessageID)
	}
	if sent := a.awaitAttempt(2, "sent"); sent.MessageID != delayed.MessageID {
		a.t.Errorf("%+v", sent)
	}
	return made.Secret
}

func TestTheConsoleSendsWhatAKilledServerHasLeft(t *testing.T) {
	h, receiver := home{t, t.TempDir()}, newWebhookReceiver(t)
	h.writeFile("delivery.toml", webhookConfig)
	a, server, _ := h.serveAPI(t, h.createAccount())
	receiver.stop()
	made := a.addWebhook("http://" + receiver.address)
	left := a.awaitAttempt(1, "delayed")
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

// TestWhatWaitsIsSaidOnLeaving by the last process that could send it.
func TestWhatWaitsIsSaidOnLeaving(t *testing.T) {
	h, receiver := home{t, t.TempDir()}, newWebhookReceiver(t)
	h.writeFile("delivery.toml", webhookConfig)
	a, server, _ := h.serveAPI(t, h.createAccount())
	receiver.stop()
	a.addWebhook("http://" + receiver.address)
	a.awaitAttempt(1, "delayed")
	leave := func() string {
		w := inWindowAt(t, h.dir, "pinghome", "--config", "delivery.toml")
		w.see("5 Messages …1")
		w.press("q")
		w.wantExit(0)
		return w.text()
	}
	const waits = "pinghome: 1 message waits: it is sent by \"pinghome serve\", an open console, or a command with --wait"
	if said := leave(); strings.Contains(said, "waits:") {
		t.Errorf("the server sends it: %s", said)
	}
	server.Process.Signal(syscall.SIGTERM)
	server.Process.Wait()
	if said := leave(); !strings.Contains(said, waits) {
		t.Errorf("it says %s", said)
	}
}

// The server is told to end while a receiver has not answered yet. It waits for
// the answer, and records it.
func TestAServerEndsAfterTheAttemptsThatItHasBegun(t *testing.T) {
	h := home{t, t.TempDir()}
	h.writeFile("delivery.toml", webhookConfig)
	address, asked, answer := startHanging(t, "127.0.0.1:0")
	token := h.createAccount()
	a, server, _ := h.serveAPI(t, token)
	a.addWebhook("http://" + address)
	<-asked
	server.Process.Signal(syscall.SIGTERM)
	time.AfterFunc(2*drainTime, func() { close(answer) }) // long after the server has stopped listening
	if state, _ := server.Process.Wait(); state.ExitCode() != 128+int(syscall.SIGTERM) {
		t.Errorf("the server ended with %v", state)
	}
	a, _, _ = h.serveAPI(t, token)
	if sent := a.awaitAttempt(1, "sent"); sent.Provider != "webhook "+address {
		t.Errorf("%+v", sent)
	}
	if len(asked) > 0 {
		t.Error("it was sent twice")
	}
}

func TestQuittingDoesNotWaitForAProviderThatHangs(t *testing.T) {
	t.Parallel() // it waits most of the time
	h, receiver := home{t, t.TempDir()}, newWebhookReceiver(t)
	h.writeFile("delivery.toml", webhookConfig)
	a, server, _ := h.serveAPI(t, h.createAccount())
	receiver.stop()
	a.addWebhook("http://" + receiver.address)
	a.awaitAttempt(1, "delayed")
	server.Process.Kill()
	server.Wait()
	_, asked, _ := startHanging(t, receiver.address)

	w := inWindowAt(t, h.dir, "pinghome", "--config", "delivery.toml")
	w.see("Ada Byron")
	<-asked
	quit := time.Now()
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
	if took := time.Since(quit); took > startLimit {
		t.Errorf("quitting took %v", took)
	}
}

// startHanging starts a receiver that reports each request on asked, and answers
// when answer is closed.
func startHanging(t *testing.T, at string) (address string, asked, answer chan bool) {
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
	home{t, dir}.writeFile("config.toml", mailSection)
	from, err := chooseSource(&sourceFlags{isDemo: true}, new(configuration), paths{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer from.close()
	if d := from.(*database); d.senders.router != nil {
		t.Errorf("%+v", d.senders)
	}
}
