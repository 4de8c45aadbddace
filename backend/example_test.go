package backend_test

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// A value has one normal form, however it is typed. The error of a wrong
// value is a sentence for the person who typed it.
func ExampleCleanValue() {
	for _, typed := range []struct {
		kind  backend.ChannelType
		value string
	}{
		{backend.TypeEmail, " Ada@Example.ORG "},
		{backend.TypeSMS, "00 994 (55) 123-45-67"},
		{backend.TypeWebhook, "HTTPS://Hooks.Example.com:443/alerts"},
		{backend.TypeSMS, "055 123 45 67"},
	} {
		value, err := backend.CleanValue(typed.kind, typed.value, false)
		if err != nil {
			fmt.Println("error:", err)
			continue
		}
		fmt.Println(value)
	}
	// Output:
	// Ada@example.org
	// +994551234567
	// https://hooks.example.com/alerts
	// error: Start with + and the country code, such as +994551234567.
}

// A program decides by the code, and not by the text, of an error.
func ExampleErrorCode() {
	var err error = &backend.Error{Code: backend.CodeRateLimited, Message: "Ask for another code in 1 minute.", RetryAfter: time.Minute}

	fmt.Println(backend.ErrorCode(fmt.Errorf("asking for a code: %w", err)))
	fmt.Println(backend.ErrorCode(errors.New("disk full")))
	fmt.Println(backend.ErrorCode(nil) == "")
	// Output:
	// rate_limited
	// internal
	// true
}

// The errors of all fields of a request come together; each stands at its field.
func ExampleError() {
	var faults backend.FieldErrors
	_, err := backend.CleanEmail("ada@localhost")
	faults.Add("email", err)
	_, err = backend.CleanName(" ")
	faults.Add("name", err)

	if e, ok := errors.AsType[*backend.Error](faults.Err()); ok {
		fmt.Println(e.Code, "-", e.Message)
		for _, field := range []string{"name", "email"} {
			fmt.Println(field+":", strings.Join(e.Fields[field], " "))
		}
	}
	// Output:
	// invalid - Some values are not right.
	// name: Type at least one character.
	// email: The part after the @ needs a dot, such as example.org.
}

// Every code has one row with its HTTP status.
func ExampleRefusalOf() {
	row, _ := backend.RefusalOf(backend.CodeDuplicateChannel)
	fmt.Println(row.Status, row.Title)
	// Output:
	// 409 The channel exists already
}
