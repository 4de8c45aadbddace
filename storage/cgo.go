//go:build !cgo

package storage

// SQLite is C. Without cgo the driver compiles to a stub that fails when the
// program runs; this name is undefined on purpose, so that the build fails
// instead and its message says what to do. The compiler reports ten errors in
// the order of the files: this one has to come before those that use the driver.
var _ = pinghome_needs_cgo_set_CGO_ENABLED_1_and_install_a_C_compiler
