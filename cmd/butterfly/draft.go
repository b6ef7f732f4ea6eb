package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"butterfly/node/live/replace"
)

// draft is a file in the making. It has another name until it is complete, so that whoever looks
// finds all of it or nothing.
type draft struct {
	*replace.File
	named string // as the user named it
}

// output begins the file that a flag names, before there is anything to write: what takes long
// should not fail at its end. Without a path there is no file.
func output(flag, path string) (*draft, error) {
	if path == "" {
		return nil, nil
	}
	file, err := newDraft(path)
	if err != nil {
		return nil, fmt.Errorf("-%s %w", flag, err)
	}
	return file, nil
}

// newDraft begins a file in a folder that exists.
func newDraft(path string) (*draft, error) {
	target, mode, err := destination(path)
	if err != nil {
		return nil, err
	}
	f, err := replace.Begin(target, mode)
	var cause *fs.PathError // which names what the path leads to
	if errors.As(err, &cause) {
		err = fmt.Errorf("%s: %w", path, cause.Err)
	}
	if err != nil {
		return nil, err
	}
	return &draft{f, path}, nil
}

// destination is the file that path stands for, which a link leads to, and the mode it is to have.
// Only a regular file may be replaced: a rename onto a device would put a file in its place.
func destination(path string) (target string, mode fs.FileMode, err error) {
	info, err := os.Stat(path)
	switch {
	case err != nil && isLink(path):
		return "", 0, fmt.Errorf("%s is a link that leads nowhere", path)
	case err != nil: // a new file, or one that cannot be made, which shows when it is
		return path, 0o644, nil
	case info.IsDir():
		return "", 0, fmt.Errorf("%s is a folder", path)
	case !info.Mode().IsRegular():
		return "", 0, fmt.Errorf("%s is not a regular file", path)
	}
	target, err = filepath.EvalSymlinks(path)
	return target, info.Mode().Perm(), err
}

func isLink(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// discard drops what was written, if there is a draft.
func (d *draft) discard() {
	if d != nil {
		d.Discard()
	}
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
	return d.Publish()
}
