package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// writable fails if nothing can be written into the folder that a flag names: what takes long should
// not fail at its end. A folder that is missing is not made before there is something to put into it.
func writable(flag, folder string) error {
	existing, err := nearestFolder(filepath.Clean(folder))
	if err == nil {
		err = tryFile(existing)
	}
	var cause *fs.PathError // it names a file that nobody has heard of
	if errors.As(err, &cause) {
		err = fmt.Errorf("%s: nothing can be written there: %w", folder, cause.Err)
	}
	if err != nil {
		return fmt.Errorf("-%s %w", flag, err)
	}
	return nil
}

// nearestFolder is the folder of a path, or where that is missing the one in which it would be made.
func nearestFolder(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return path, nil
	case err == nil:
		return "", fmt.Errorf("%s is a file, expected a folder", path)
	case isLink(path):
		return "", fmt.Errorf("%s is a link that leads nowhere", path)
	case errors.Is(err, fs.ErrNotExist) && filepath.Dir(path) != path:
		return nearestFolder(filepath.Dir(path))
	}
	return "", err
}

// tryFile makes a file in a folder, and takes it away again.
func tryFile(folder string) error {
	file, err := os.CreateTemp(folder, ".butterfly.*")
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}
