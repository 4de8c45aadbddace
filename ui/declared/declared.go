// Package declared compares an account with a file that declares how it should be.
//
// document.go writes the file and parse.go reads it, plan.go finds what has to be done and in which order, with the steps about
// channels in steps.go, and pseudonyms.go replaces values by stand-ins. Nothing here changes an account: package command makes
// the steps of a plan, reads the account again, and plans anew until no step is left that can be made.
package declared
