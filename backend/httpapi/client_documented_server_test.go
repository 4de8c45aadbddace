package httpapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// documentedServer is a small PingHome with what the public documentation shows
// and nothing else: two hosts, confirmations without data, errors in every
// shape, a profile without limits, no extensions, no feedback, and PATCH
// /customer on the query host.
type documentedServer struct {
	query, command *httptest.Server
	mu             sync.Mutex
	name, email    string
	pending        string
	channels       []map[string]any
	isDeleted      bool
	namesOwner     bool     // GET /customer is the token's own account, as in layout v2
	patches        []string // the hosts that were asked to change the name
}

const (
	documentedID   = "6fb4e64f-ad18-46e3-920c-92639adb137c"
	documentedCode = "087608"
)

func startDocumentedServer(t *testing.T) *documentedServer {
	d := &documentedServer{name: "John", email: "john@example.org"}
	query, command := http.NewServeMux(), http.NewServeMux()
	const base = "/default/v1/customer"
	channel := base + "/" + documentedID + "/notification-channel"
	query.HandleFunc("GET "+base+"/"+documentedID, d.profile)
	query.HandleFunc("GET "+base, d.ownProfile)
	query.HandleFunc("PATCH "+base, d.rename)
	query.HandleFunc("GET "+channel+"s", d.list)
	command.HandleFunc("DELETE "+base, d.remove)
	command.HandleFunc("PUT "+base+"/username", d.username)
	command.HandleFunc("PATCH "+base+"/username", d.confirm)
	command.HandleFunc("POST "+channel, d.create)
	command.HandleFunc("PUT "+channel, d.onChannel(func(c, body map[string]any) { c["value"], c["status"] = body["value"], "pending" }))
	command.HandleFunc("PATCH "+channel+"/verification", d.verify)
	command.HandleFunc("DELETE "+channel, d.deleteChannels)
	command.HandleFunc("POST "+channel+"/test", d.onChannel(func(_, _ map[string]any) {}))
	command.HandleFunc("PUT "+channel+"/enabled", d.onChannel(func(c, body map[string]any) {
		c["status"] = map[any]string{true: "active", false: "disabled"}[body["enabled"]]
	}))
	d.query, d.command = d.serve(t, "query", query), d.serve(t, "command", command)
	return d
}

// serve answers requests that have the token.
func (d *documentedServer) serve(t *testing.T, role string, mux *http.ServeMux) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		defer d.mu.Unlock()
		if r.Method == http.MethodPatch && strings.HasSuffix(r.URL.Path, "/customer") {
			d.patches = append(d.patches, role)
		}
		if r.Header.Get("Authorization") != "Bearer YOUR_TOKEN" || d.isDeleted {
			writeJSON(w, 401, `{"message":"Unauthorized"}`)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func bodyOf(r *http.Request) map[string]any {
	body := map[string]any{}
	json.NewDecoder(r.Body).Decode(&body)
	return body
}

func (d *documentedServer) profile(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, 200, fmt.Sprintf(`{"id":%q,"email":%q,"pending_email":%q,"name":%q,"surname":"Smith","created_at":"23.11.2026",
		"team":{"id":7,"name":"Ops"},"organization":{"name":"Acme","plan":"business"}}`, documentedID, d.email, d.pending, d.name))
}

func (d *documentedServer) ownProfile(w http.ResponseWriter, r *http.Request) {
	if !d.namesOwner {
		writeJSON(w, 404, `{"message":"Not Found"}`)
		return
	}
	d.profile(w, r)
}

func (d *documentedServer) rename(w http.ResponseWriter, r *http.Request) {
	name, isText := bodyOf(r)["name"].(string)
	if !isText || name == "" {
		writeJSON(w, 422, `{"errors":{"name":"The name is empty."}}`)
		return
	}
	d.name = name
	writeJSON(w, 200, `{"message":"Customer updated.","data":{"name":"`+name+`"}}`)
}

func (d *documentedServer) remove(w http.ResponseWriter, r *http.Request) {
	if bodyOf(r)["reason"] != "poor-features" {
		writeJSON(w, 422, `{"error":{"message":"The reason is not known."}}`)
		return
	}
	d.isDeleted = true
	w.WriteHeader(204)
}

func (d *documentedServer) username(w http.ResponseWriter, r *http.Request) {
	email := bodyOf(r)["email"].(string)
	if email == "taken@example.org" {
		writeJSON(w, 409, `{"error":"This email is used by somebody else."}`)
		return
	}
	d.pending = email
	writeJSON(w, 200, `"Verification is required."`)
}

func (d *documentedServer) confirm(w http.ResponseWriter, r *http.Request) {
	if bodyOf(r)["code"] != documentedCode {
		writeJSON(w, 422, `{"message":"Invalid code"}`)
		return
	}
	d.email, d.pending = d.pending, ""
	writeJSON(w, 200, `{"message":"Confirmed."}`)
}

func (d *documentedServer) list(w http.ResponseWriter, _ *http.Request) {
	text, _ := json.Marshal(map[string]any{"notification_channels": append([]map[string]any{}, d.channels...)})
	writeJSON(w, 200, string(text))
}

func (d *documentedServer) create(w http.ResponseWriter, r *http.Request) {
	body := bodyOf(r)
	d.channels = append(d.channels, map[string]any{"type": body["type"], "value": body["value"], "priority": len(d.channels) + 1, "status": "pending"})
	writeJSON(w, 201, `{"message":"Created."}`)
}

func (d *documentedServer) verify(w http.ResponseWriter, r *http.Request) {
	d.onChannel(func(c, body map[string]any) {
		if body["code"] == documentedCode {
			c["status"] = "ACTIVE"
		}
	})(w, r)
}

// onChannel changes the channel that the body names.
func (d *documentedServer) onChannel(change func(c, body map[string]any)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body := bodyOf(r)
		for _, c := range d.channels {
			if float64(c["priority"].(int)) == body["priority"] {
				change(c, body)
				writeJSON(w, 200, `{"message":"Done."}`)
				return
			}
		}
		http.Error(w, "no such channel", 404)
	}
}

func (d *documentedServer) deleteChannels(w http.ResponseWriter, r *http.Request) {
	named := strings.Split(r.URL.Query().Get("priority"), ",")
	d.channels = slices.DeleteFunc(d.channels, func(c map[string]any) bool { return slices.Contains(named, strconv.Itoa(c["priority"].(int))) })
	writeJSON(w, 200, `{"message":"Deleted."}`)
}
