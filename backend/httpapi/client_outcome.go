package httpapi

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strconv"
	"syscall"

	"github.com/account-settings/pinghome/backend"
)

// The errors of requests that got no usable answer.

// isRequestError reports whether a request failed before anything was sent.
func isRequestError(err error) bool {
	var known *backend.Error
	return errors.Is(err, errNoToken) || errors.As(err, &known)
}

// requestError is the error of such a request.
func requestError(err error) error {
	var known *backend.Error
	if errors.As(err, &known) {
		return known
	}
	return &backend.Error{Code: backend.CodeUnauthorized, Err: err,
		Message: "There is no usable token. Put one into a file and name it with --token-file."}
}

// offline is the error of a request that did not reach a server.
func offline(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return &backend.Error{Code: backend.CodeBusy, Message: "This was cancelled; nothing was changed.", Err: ctx.Err()}
	}
	return &backend.Error{Code: backend.CodeOffline, Message: "The server cannot be reached: " + whyOffline(err) + ".", Err: err}
}

// unknown is the error of a command whose answer was lost. Its cause is kept as
// text only: a console does not show an error that wraps context.Canceled,
// since it cancelled the call itself, and it must show this one.
func unknown(answered received, l *lost) error {
	cause := "status " + strconv.Itoa(answered.status)
	if l != nil {
		cause = l.err.Error()
	}
	return &backend.Error{Code: backend.CodeUnknown, Err: errors.New(cause),
		Message: "It is not known whether this was done. Look before doing it again."}
}

// whyOffline says in a few words why a connection failed.
func whyOffline(err error) string {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &name):
		return "its name is not known here"
	case errors.As(err, &certificate), errors.As(err, &authority):
		return "its certificate is not to be trusted"
	case errors.Is(err, errNotThisMachine):
		return "plain http goes to this machine only"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nobody answers there"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "it did not answer in time"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "there is no way to it"
	}
	return "the connection broke"
}
