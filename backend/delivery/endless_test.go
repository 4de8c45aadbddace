package delivery

import (
	"context"
	"fmt"
	"io"
	"net"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// TestReceiversThatNeverEnd: a receiver answers anything and stays open, and the
// sending ends with its context. Statuses from 100 to 199 are not final, but for
// 101, after which a connection has no timeouts.
func TestReceiversThatNeverEnd(t *testing.T) {
	answers := map[string]string{
		"silence": "", "half a status": "HTTP/1.1 2", "a header without end": "HTTP/1.1 200 OK\r\nX: ", "half a body": "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx",
		"a body without end": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
	}
	for status := 100; status < 200; status++ {
		answers[fmt.Sprint(status)] = fmt.Sprintf("HTTP/1.1 %d Odd\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n", status)
	}
	router := newRouter(t, localConfig())
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			to := startRawReceiver(t, answer)
			ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
			defer cancel()
			ended := make(chan error, 1)
			go func() {
				_, err := router.Send(ctx, codeMessage(t, backend.TypeWebhook, to))
				ended <- err
			}()
			select {
			case err := <-ended:
				if err == nil && name != "half a body" && name != "a body without end" { // their status says that it was taken
					t.Error("it counts as taken")
				}
			case <-time.After(20 * time.Second): // far more than the context has, on a busy machine
				t.Fatal("it never ends")
			}
		})
	}
}

// startRawReceiver answers every connection with the same bytes, and keeps it open.
func startRawReceiver(t *testing.T, answer string) (url string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { conn.Close() })
			io.WriteString(conn, answer)
		}
	}()
	return "http://" + listener.Addr().String() + "/"
}
