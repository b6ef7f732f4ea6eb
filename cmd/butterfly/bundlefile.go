package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"butterfly/scenarios"
	"butterfly/scenarios/hunt"
	"butterfly/scenarios/world"
)

// newBundle packs a run that broke something. Of a planet it is the data centre that did first.
func (a *app) newBundle(s scenarios.Scenario, r *world.Result) *hunt.Bundle {
	if s.Datacenters > 0 {
		s, r = blamed(s, r)
	}
	return hunt.NewBundle(s, r, a.build())
}

// keep writes the bundle of a choice into a folder and returns its path. That it cannot be written is
// no reason to keep the failure back.
func (a *app) keep(folder string, c choice, b *hunt.Bundle) string {
	return a.keepAs(filepath.Join(folder, c.fileName(b.FileName())), b)
}

// keepAs writes a bundle and returns its path, or nothing after a warning.
func (a *app) keepAs(path string, b *hunt.Bundle) string {
	text, err := b.Encode()
	if err == nil {
		err = writeFile(path, text)
	}
	if err != nil {
		a.warn("no bundle: %v", err)
		return ""
	}
	return path
}

// complete writes a bundle and publishes the file.
func (d *draft) complete(b *hunt.Bundle) error {
	text, err := b.Encode()
	if err == nil {
		_, err = d.Write(text)
	}
	if err != nil {
		d.discard()
		return err
	}
	return d.Publish()
}

const shrunkMark = "-shrunk"

// besideBundle is the name of the small bundle, from that of the large one.
func besideBundle(path string) string {
	extension := filepath.Ext(path)
	return strings.TrimSuffix(path, extension) + shrunkMark + extension
}

// isShrunk reports whether a file has the name of a small bundle.
func isShrunk(path string) bool {
	return strings.HasSuffix(strings.TrimSuffix(path, filepath.Ext(path)), shrunkMark)
}

// readBundle reads the bundle in a file.
func readBundle(path string) (*hunt.Bundle, error) {
	text, err := bundleText(path)
	if err != nil {
		return nil, err
	}
	return decodeBundle(path, text)
}

func bundleText(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	var pathError *os.PathError
	if errors.As(err, &pathError) {
		return nil, fmt.Errorf("bundle %s: %w", path, pathError.Err)
	}
	return text, err
}

// decodeBundle reads the text of a file as a bundle that this command can run.
func decodeBundle(path string, text []byte) (*hunt.Bundle, error) {
	bundle, err := hunt.DecodeBundle(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if guest := bundle.Scenario.Guest; guest != nil {
		return nil, fmt.Errorf("%s: a run of a protocol that is not ours, which only its own test can "+
			"repeat: BUTTERFLY_REPLAY=%s %s", path, shellWord(path), guest.Command())
	}
	return bundle, nil
}
