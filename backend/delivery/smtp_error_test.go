package delivery

import (
	"strings"
	"testing"
)

// Whom a refusal is about.
const (
	aboutAddress    = iota // for good
	aboutAddressNow        // for now
	aboutUs
)

// refusals are what servers say, and whom it is about.
var refusals = []struct {
	verb, reply string
	want        int
	correct     string // what the operator is told
}{
	{"EHLO", "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname", aboutUs, correctHELO}, // Postfix
	{"EHLO", "501 5.0.0 Invalid domain name", aboutUs, correctHELO},                                        // Sendmail
	{"EHLO", "550 5.7.1 Your address is blocked", aboutUs, ""},
	{"EHLO", "421 4.7.0 try again later", aboutUs, ""},
	{"MAIL", "504 5.5.2 <x>: Sender address rejected: need fully-qualified address", aboutUs, correctFrom},
	{"MAIL", "530 5.7.0 Must issue a STARTTLS command first", aboutUs, correctServer},
	{"EHLO", "530 Must issue a STARTTLS command first", aboutUs, correctServer},
	{"MAIL", "503 5.5.4 Error: send AUTH command first", aboutUs, correctSignIn},
	{"MAIL", "554 5.7.1 <h[192.0.2.1]>: Client host rejected: Access denied", aboutUs, correctNetwork},
	{"MAIL", "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname", aboutUs, correctHELO},
	{"MAIL", "552 5.3.4 Message size exceeds fixed limit", aboutUs, correctServer},
	{"MAIL", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", aboutUs, correctFrom}, // Exchange
	{"MAIL", "553 5.7.1 <no-reply@example.org>: Sender address rejected: not owned by user ada", aboutUs, correctFrom},
	{"MAIL", "550 sender refused", aboutUs, correctFrom},
	{"MAIL", "550", aboutUs, correctFrom},
	{"MAIL", "451 4.3.0 try later", aboutUs, ""},
	{"MAIL", "550 5.6.7 no support for internationalised addresses", aboutAddress, ""}, // RFC 6531, 3.5
	{"RCPT", "554 5.7.1 <ada@byron.example>: Relay access denied", aboutUs, correctServer},
	{"RCPT", "454 4.7.1 <ada@byron.example>: Relay access denied", aboutUs, correctServer}, // defer_unauth_destination
	{"RCPT", "550 relay not permitted", aboutUs, correctServer},                            // Exim
	{"RCPT", "550 5.7.1 Unable to relay", aboutUs, correctServer},                          // Exchange
	{"RCPT", "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", aboutUs, correctServer},
	{"RCPT", "551 we do not relay", aboutUs, correctServer},
	{"RCPT", "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1) - relaying denied", aboutUs, correctServer}, // qmail
	{"RCPT", "530 Authentication required", aboutUs, correctSignIn},
	{"RCPT", "535 5.7.8 sign in", aboutUs, correctSignIn},
	{"RCPT", "504 5.5.2 <vm>: Helo command rejected: need fully-qualified hostname", aboutUs, correctHELO},
	{"RCPT", "550 5.1.0 <no-reply@example.org>: Sender address rejected: User unknown", aboutUs, correctFrom},
	{"RCPT", "554 5.7.1 <host[192.0.2.1]>: Client host rejected: Access denied", aboutUs, correctNetwork},
	{"RCPT", "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example", aboutUs, correctNetwork},
	{"RCPT", "421 4.3.2 Service shutting down", aboutUs, ""},                                                         // RFC 5321, 3.8
	{"RCPT", "421 4.7.28 unusual rate of unsolicited mail originating from your IP address", aboutUs, ""},            // Gmail
	{"RCPT", "451 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume", aboutUs, ""}, // Yahoo
	{"RCPT", "451 4.3.0 local trouble", aboutUs, ""},
	{"RCPT", "452 4.3.1 Insufficient system storage", aboutUs, ""},
	{"RCPT", "452 4.5.3 Too many recipients", aboutUs, ""},
	{"RCPT", "503 5.5.1 need AUTH", aboutUs, correctSignIn},
	{"RCPT", "550 5.7.1 Mail from IP 192.0.2.1 was rejected due to listing in Spamhaus SBL", aboutUs, correctNetwork},
	{"RCPT", "550 5.7.1 Unauthenticated senders not allowed", aboutUs, correctSignIn},
	{"RCPT", "550 5.7.501 Access denied, spam abuse detected", aboutUs, correctServer}, // Microsoft
	{"RCPT", "550 5.7.509 Access denied, sending domain does not pass DMARC verification", aboutUs, correctServer},
	{"RCPT", "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP", aboutUs, correctServer},
	{"RCPT", "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", aboutUs, correctServer}, // qmail
	{"RCPT", "550 5.4.5 Daily user sending limit exceeded", aboutUs, correctServer},                           // Gmail
	{"RCPT", "550 The from address does not match a verified Sender Identity", aboutUs, correctFrom},          // SendGrid
	{"RCPT", "554 5.7.1 <bob@relay.example>: Recipient address rejected: Access denied", aboutAddress, ""},
	{"RCPT", "550 5.1.1 <bob@mail.relay.example>: Recipient address rejected: mailbox access disabled", aboutAddress, ""},
	{"RCPT", "550 5.1.1 <relay@x.example>: Recipient address rejected: User unknown; accessing mailbox", aboutAddress, ""},
	{"RCPT", "550 5.4.1 Recipient address rejected: Access denied", aboutAddress, ""}, // Microsoft: there is no such mailbox
	{"RCPT", "450 4.7.1 <ada@byron.example>: Recipient address rejected: Greylisted", aboutAddressNow, ""},
	{"RCPT", "451 Greylisting in action, please come back later", aboutAddressNow, ""},
	{"RCPT", "550 5.2.1 The email account that you tried to reach is disabled", aboutAddress, ""},
	{"RCPT", "550 5.1.8 Sender domain not found", aboutUs, correctFrom},
	{"RCPT", "550 5.7.26 Unauthenticated email from example.org is not accepted", aboutUs, correctFrom},
	{"RCPT", "550 5.7.25 The IP address has no PTR record", aboutUs, correctServer},
	{"RCPT", "550 5.1.1 no such user", aboutAddress, ""},
	{"RCPT", "550 5.7.1 recipient does not want mail from outside", aboutAddress, ""},
	{"RCPT", "504 5.5.2 <ada>: Recipient address rejected: need fully-qualified address", aboutAddress, ""},
	{"RCPT", "550", aboutAddress, ""},
	{"RCPT", "450 4.2.0 greylisted", aboutAddressNow, ""},
	{"RCPT", "452 4.2.2 mailbox full", aboutAddressNow, ""},
	{".", "554 5.7.1 looks like spam", aboutUs, correctServer},                         // we wrote it
	{".", "554 Message rejected: Email address is not verified", aboutUs, correctFrom}, // SES
	{".", "454 Throttling failure: Maximum sending rate exceeded", aboutUs, ""},        // SES
	{".", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", aboutUs, correctFrom},
	{".", "550 5.7.1 Our system has detected that this message is likely unsolicited mail", aboutUs, correctServer}, // Gmail
	{".", "554 5.6.0 bad content", aboutUs, correctServer},
	{".", "552 5.2.2 mailbox full", aboutAddress, ""},
	{".", "550 5.1.1 no such user", aboutAddress, ""},
	{".", "550 User unknown", aboutAddress, ""},
	{".", "451 try again", aboutUs, ""},
	{".", "550 5.7.26 Unauthenticated email from example.org", aboutUs, correctFrom},
	{".", "451 4.3.0 scanner is busy", aboutUs, ""},
	{".", "421 4.3.2 shutting down", aboutUs, ""},
}

// TestWhatARefusalIsAbout: what is about us is for the operator, and no fault of the address.
func TestWhatARefusalIsAbout(t *testing.T) {
	for _, c := range refusals {
		e := &Email{Host: "127.0.0.1", Port: startScripted(t, withQuit(acceptAllBut(c.verb, c.reply+"\r\n"))), Security: "none", From: "no-reply@example.org"}
		got := sendFailure(t, newRouter(t, Config{Email: e}), emailMessage(t))
		kind := Temporary
		if c.want == aboutAddress {
			kind = Permanent
		}
		if got.Kind != kind || got.Ours != (c.want == aboutUs) || !strings.Contains(got.Status, c.reply) || strings.Contains(got.Status, "the operator") != (c.correct != "") ||
			!strings.Contains(got.Status, c.correct) {
			t.Errorf("%s %s: %+v", c.verb, c.reply, got)
		}
	}
}

// withQuit answers QUIT as well.
func withQuit(script func(string) string) func(string) string {
	return func(line string) string {
		if line == "QUIT" {
			return "221 bye\r\n" + closeConn
		}
		return script(line)
	}
}

// TestWhatTheOperatorHasToDoIsNotCut: the text of a server is, where both have no room.
func TestWhatTheOperatorHasToDoIsNotCut(t *testing.T) {
	e := &Email{Host: "127.0.0.1", Port: startScripted(t, withQuit(acceptAllBut("MAIL", "550 "+strings.Repeat("no ", 200)+"\r\n"))), Security: "none", From: "no-reply@example.org"}
	got := sendFailure(t, newRouter(t, Config{Email: e}), emailMessage(t))
	if !strings.HasSuffix(got.Status, "… (the operator has to correct "+correctFrom+")") || len([]rune(got.Status)) > maxStatus {
		t.Errorf("%q", got.Status)
	}
}

// TestAPlainReplyTakesTheMessage: a server may answer with codes alone.
func TestAPlainReplyTakesTheMessage(t *testing.T) {
	codes := func(line string) string {
		if answer := withQuit(acceptAll)(line); answer != "" {
			return answer[:3] + "\r\n"
		}
		return ""
	}
	e := &Email{Host: "127.0.0.1", Port: startScripted(t, codes), Security: "none", From: "no-reply@example.org"}
	receipt, err := newRouter(t, Config{Email: e}).Send(t.Context(), emailMessage(t))
	if err != nil || receipt.Status != "250" {
		t.Errorf("%+v, %v", receipt, err)
	}
}
