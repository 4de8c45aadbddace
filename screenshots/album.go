package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// drawing is a picture and the name of its file.
type drawing struct {
	name string
	svg  []byte
}

// drawAll draws every scene in every shade.
func drawAll() ([]drawing, error) {
	var all []drawing
	for _, s := range scenes {
		for _, in := range shades {
			svg, err := draw(s, in)
			if err != nil {
				return nil, fmt.Errorf("%s in %s: %w", s.name, in.name, err)
			}
			all = append(all, drawing{s.name + "-" + in.name + ".svg", svg})
		}
	}
	return all, nil
}

// write writes the drawings into a folder and removes the pictures there of which
// there is no scene any more.
func write(dir string, all []drawing) error {
	for _, d := range all {
		if err := os.WriteFile(filepath.Join(dir, d.name), d.svg, 0o644); err != nil {
			return err
		}
	}
	for _, path := range withoutScene(dir, all) {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// compare returns an error with one line for each picture in the folder that
// differs from its drawing, is missing, or has no scene.
func compare(dir string, all []drawing) error {
	var stale []error
	tell := func(path, what string) {
		stale = append(stale, fmt.Errorf("%s %s: run \"go run ./screenshots\" and look at it", filepath.ToSlash(path), what))
	}
	for _, d := range all {
		path := filepath.Join(dir, d.name)
		switch there, err := os.ReadFile(path); {
		case errors.Is(err, os.ErrNotExist):
			tell(path, "is missing")
		case err != nil:
			return err
		case !bytes.Equal(there, d.svg):
			tell(path, "is stale")
		}
	}
	for _, path := range withoutScene(dir, all) {
		tell(path, "shows no scene")
	}
	return errors.Join(stale...)
}

// withoutScene returns the pictures in the folder that are none of the drawings.
func withoutScene(dir string, all []drawing) []string {
	found, _ := filepath.Glob(filepath.Join(dir, "*.svg")) // fails for a wrong pattern only
	return slices.DeleteFunc(found, func(path string) bool {
		return slices.ContainsFunc(all, func(d drawing) bool { return d.name == filepath.Base(path) })
	})
}
