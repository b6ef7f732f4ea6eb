package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// draft is a file in the making. It has another name until it is complete, so that whoever looks
// finds all of it or nothing.
type draft struct {
	*os.File
	path string
}

// newDraft begins a file in a folder that exists.
func newDraft(path string) (*draft, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s is a folder", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, err
	}
	return &draft{f, path}, nil
}

// publish completes the file and gives it its name.
func (d *draft) publish() error {
	err := d.Chmod(0o644)
	if closing := d.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(d.Name(), d.path)
	}
	if err != nil {
		os.Remove(d.Name())
	}
	return err
}

// discard drops what was written.
func (d *draft) discard() {
	d.Close()
	os.Remove(d.Name())
}

// writeFile writes a whole file, and the folder it is in where that is missing.
func writeFile(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	d, err := newDraft(path)
	if err != nil {
		return err
	}
	if _, err := d.Write(content); err != nil {
		d.discard()
		return err
	}
	return d.publish()
}
