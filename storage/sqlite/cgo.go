//go:build !cgo

package sqlite

// SQLite is C. Without cgo the driver compiles to a stub that fails at run time.
// This name is undefined on purpose: the build fails instead, and the compiler's
// message says what to do. The compiler stops after ten errors, in the order of
// the files, so this file has to sort before those that use the driver.
var _ = pinghome_needs_cgo_set_CGO_ENABLED_1_and_install_a_C_compiler
