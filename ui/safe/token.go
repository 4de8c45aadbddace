package safe

import "regexp"

// token matches ph_, the 16 characters that name a token, an underscore, and what is secret
// from there on. It matches also where something else stands right before it.
var token = regexp.MustCompile(`(?i)ph_[a-z2-7]{16}_[a-z0-9]*`)

// HasToken reports whether a text holds a token, also one that was cut short in its secret
// part, or is being typed.
func HasToken(s string) bool { return token.MatchString(s) }

// WithoutTokens is a text with every token in it replaced by ph_….
func WithoutTokens(s string) string { return token.ReplaceAllString(s, "ph_…") }
