package delivery

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
)

// connectionError is the error of an HTTP request without a response. The error of
// net/http has the whole URL with its tokens, and may quote what was received, so
// only a sanitised text of it is kept. wasWritten says that the whole request was given to the
// connection.
func connectionError(ctx context.Context, r request, err error, wasWritten bool) *Error {
	if outer, isURLError := errors.AsType[*url.Error](err); isURLError {
		err = outer.Err
	}
	e := &Error{Provider: r.provider, Err: errors.New(sanitize(err.Error(), r.sensitive...))}
	if _, isBlocked := errors.AsType[blockedError](err); isBlocked {
		e.Kind = Permanent
	}
	e.Status = connectionStatus(ctx, err)
	if wasWritten && !isUnread(err) {
		return r.cutOff(e)
	}
	return e
}

// isUnread reports whether an error says that the receiver has not got a request, though net/http
// calls it written: it calls it so before its last bytes leave.
func isUnread(err error) bool {
	if operation, isOperation := errors.AsType[*net.OpError](err); isOperation && (operation.Op == "write" || operation.Op == "remote error") {
		return true // it could not be written, or TLS was refused after our part of the handshake
	}
	return isClosedIdle(err)
}

// connectionStatus is the text for Error.Status about a connection that failed. The
// texts of the libraries are not used: they can have addresses of the internal
// network in them.
func connectionStatus(ctx context.Context, err error) string {
	var (
		blocked     blockedError
		lookup      *net.DNSError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       *net.OpError
	)
	switch {
	case errors.As(err, &blocked):
		return blocked.Error()
	case errors.Is(ctx.Err(), context.Canceled):
		return "the sending was stopped before there was an answer"
	case errors.As(err, &lookup) && lookup.IsNotFound:
		return "its name was not found"
	case errors.As(err, &lookup):
		return "its name could not be looked up"
	case ctx.Err() != nil, isTimeout(err):
		return "did not answer in time"
	case errors.As(err, &certificate):
		return "its certificate does not verify: " + sanitize(certificate.Err.Error())
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch): // net/http's, for an answer in plain HTTP
		return "does not speak TLS there"
	case errors.As(err, &alert) && alert.Op == "remote error": // crypto/tls reports an alert of the peer like this
		return "refused TLS: " + sanitize(alert.Err.Error())
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused the connection"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "cannot be reached from here"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), isClosedIdle(err),
		errors.Is(err, net.ErrClosed): // net/http closes the connection when it reads its end, while it still writes
		return "hung up without an answer"
	}
	return "did not answer as it should"
}

// isClosedIdle recognises an end that came before the request was written. net/http does
// not export its error for that.
func isClosedIdle(err error) bool {
	return strings.HasSuffix(err.Error(), "server closed idle connection")
}

// isTimeout reports whether an error says that there was no answer in time.
func isTimeout(err error) bool {
	timeout, isNetError := errors.AsType[net.Error](err)
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) || isNetError && timeout.Timeout()
}
