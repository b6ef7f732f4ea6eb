package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"runtime/debug"
)

// identityLength is how many hexadecimal digits identify a build: enough to tell builds apart, few
// enough to read out.
const identityLength = 12

// buildID identifies this build: the commit it was built from, or, where that does not say it all
// (uncommitted changes) or is not known ("go run" and "go test" leave it out), the program file.
func buildID() string {
	revision, modified := commit()
	switch {
	case revision == "":
		return "file-" + fileHash()
	case modified:
		return revision + "-modified-" + fileHash()
	}
	return revision
}

// commit returns the revision that Go has stamped into the program, if any.
func commit() (revision string, modified bool) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", false
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value[:min(identityLength, len(s.Value))]
		case "vcs.modified":
			modified = s.Value == "true"
		}
	}
	return revision, modified
}

// fileHash sums up the program file. A program that cannot read itself is like no other.
func fileHash() string {
	path, err := os.Executable()
	if err != nil {
		return "unknown"
	}
	f, err := os.Open(path)
	if err != nil {
		return "unknown"
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "unknown"
	}
	return hex.EncodeToString(hash.Sum(nil))[:identityLength]
}
