package delivery

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/wneessen/go-mail/smtp"
)

// errNoSignIn is about a server that knows none of signIns.
var errNoSignIn = errors.New("no known way to sign in")

// signIns are the ways to sign in, the preferred one first. PLAIN is preferred since the connection is
// encrypted by then, or the server is on this machine, and servers that store passwords
// hashed have only that.
var signIns = []struct {
	name  string
	start func(username, password, host string) smtp.Auth
}{
	{"PLAIN", func(username, password, host string) smtp.Auth {
		return smtp.PlainAuth("", username, password, host, true)
	}},
	{"LOGIN", func(username, password, host string) smtp.Auth {
		return smtp.LoginAuth(username, password, host, true)
	}},
	{"SCRAM-SHA-256", func(username, password, _ string) smtp.Auth { return smtp.ScramSHA256Auth(username, password) }},
	{"SCRAM-SHA-1", func(username, password, _ string) smtp.Auth { return smtp.ScramSHA1Auth(username, password) }},
	{"CRAM-MD5", func(username, password, _ string) smtp.Auth { return smtp.CRAMMD5Auth(username, password) }},
}

// signIn signs in with the first of signIns that the server knows. One that it lists and does
// not know all the same is answered 504 (RFC 4954, 4); then the next one is tried.
func (s *smtpSession) signIn(e Email) error {
	known := strings.Fields(strings.ToUpper(s.extensions["AUTH"]))
	err := errNoSignIn
	for _, way := range signIns {
		if !slices.Contains(known, way.name) {
			continue
		}
		err = s.authenticate(way.start(e.Username, string(e.Password), e.Host), e.Host, known)
		if refused, isRefusal := errors.AsType[*refusal](err); !isRefusal || refused.code != 504 {
			return err
		}
	}
	return err
}

// authenticate runs one exchange (RFC 4954, 4).
func (s *smtpSession) authenticate(a smtp.Auth, host string, known []string) error {
	name, response, err := a.Start(&smtp.ServerInfo{Name: host, TLS: true, Auth: known})
	if err != nil {
		return err
	}
	line := "AUTH " + name
	if response != nil {
		line += " " + encodeResponse(response)
	}
	const mostChallenges = 5 // SCRAM, with the most, has two
	for range mostChallenges {
		r, err := s.command(stepAuth, 0, "%s", line)
		if err != nil {
			return err
		}
		challenge, err := base64.StdEncoding.DecodeString(r.text())
		if r.code == 235 {
			challenge, err = []byte(r.text()), nil
		}
		if err != nil {
			return errNoReply
		}
		response, err := a.Next(challenge, r.code == 334)
		if err != nil {
			_, _ = s.command(stepAuth, 0, "*") // the exchange is called off
			return fmt.Errorf("%w: %w", errNoReply, err)
		}
		if r.code == 235 {
			return nil
		}
		line = base64.StdEncoding.EncodeToString(response)
	}
	return errNoReply
}

// encodeResponse is a response with the command: "=" is an empty one.
func encodeResponse(response []byte) string {
	if len(response) == 0 {
		return "="
	}
	return base64.StdEncoding.EncodeToString(response)
}
