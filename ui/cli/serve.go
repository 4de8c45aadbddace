package cli

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/backend/local"
)

// serving is the flags of "pinghome serve".
type serving struct {
	shell
	listen, cert, key string
	isPlain           bool
}

// serveCommand answers the API from a database, until a signal ends it.
func serveCommand() *cobra.Command {
	var s serving
	c := s.command("serve", func(ctx context.Context, c *cobra.Command, _ []string) error {
		if err := s.check(); err != nil {
			return err
		}
		return s.on(ctx, true, func(accounts *local.Accounts) error { return s.serve(ctx, c, accounts) })
	})
	f := c.Flags()
	f.StringVar(&s.listen, "listen", "127.0.0.1:8642", "")
	f.StringVar(&s.cert, "tls-cert", "", "")
	f.StringVar(&s.key, "tls-key", "", "")
	f.BoolVar(&s.isPlain, "insecure-http", false, "")
	return c
}

// check refuses what would send tokens and codes through a network in the clear.
func (s *serving) check() error {
	host, _, err := net.SplitHostPort(s.listen)
	switch {
	case err != nil:
		return usage("--listen takes an address and a port, such as 127.0.0.1:8642, not %q.", s.listen)
	case (s.cert == "") != (s.key == ""):
		return usage("--tls-cert and --tls-key go together.")
	case s.cert == "" && !s.isPlain && !isLoopback(host):
		return usage("Without TLS the server listens on this machine only; give --tls-cert and --tls-key, or --insecure-http if you know that nobody listens in.")
	}
	return nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (s *serving) serve(ctx context.Context, c *cobra.Command, accounts *local.Accounts) error {
	log := slog.New(slog.NewJSONHandler(c.ErrOrStderr(), nil))
	server := httpapi.NewServer(httpapi.ServerOptions{Accounts: accounts, Tokens: accounts, Log: log, TLS: s.cert != ""})
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		return failed("The server cannot listen on %s: %w.", s.listen, err)
	}
	scheme := "http"
	if s.cert != "" {
		scheme = "https"
		pair, err := tls.LoadX509KeyPair(s.cert, s.key)
		if err != nil {
			listener.Close()
			return usage("The certificate cannot be used: %w.", err)
		}
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12})
	}
	go s.handOver(ctx, accounts, log)
	if _, err := fmt.Fprintf(c.OutOrStdout(), "pinghome: listening on %s://%s\n", scheme, listener.Addr()); err != nil {
		listener.Close()
		return written(err)
	}
	return server.Serve(ctx, listener)
}

// handOver hands over what an earlier process left behind.
func (s *serving) handOver(ctx context.Context, accounts *local.Accounts, log *slog.Logger) {
	if err := accounts.HandOver(ctx); err != nil && ctx.Err() == nil {
		log.Error("messages that were left could not be handed over", "error", err.Error())
	}
}
