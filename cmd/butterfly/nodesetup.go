package main

import (
	"cmp"
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"butterfly/node"
	"butterfly/node/live/names"
	"butterfly/node/live/seal"
	"butterfly/node/live/spec"
)

// setup is the configuration of a live node with all that its files say.
type setup struct {
	node    spec.Node
	origins spec.Origins
	keyring *seal.Keyring
	// token is what who writes by the API must show, empty for nothing.
	token string
	// certificate is that of the API, nil for none.
	certificate *certificate
}

// readSetup reads the flags, the configuration and the files that it names.
func readSetup(cmd *cli.Command) (*setup, error) {
	var s setup
	var err error
	if s.node, err = readNode(cmd); err != nil {
		return nil, err
	}
	if s.origins, err = readOrigins(&s.node); err != nil {
		return nil, err
	}
	if s.keyring, err = readKeyring(&s.node); err != nil {
		return nil, err
	}
	if s.token, err = readToken(s.node.APITokenFile); err != nil {
		return nil, err
	}
	s.certificate, err = readCertificate(s.node.TLS)
	return &s, err
}

// readNode puts what flags and environment say on top of the configuration file.
func readNode(cmd *cli.Command) (n spec.Node, err error) {
	n = spec.DefaultNode()
	if path := cmd.String("config"); path != "" {
		text, err := readAtMost(path, spec.MaxNodeBytes+1)
		if err != nil {
			return n, fmt.Errorf("-config %w", err)
		}
		if n, err = spec.ParseNode(path, text); err != nil {
			return n, err
		}
	}
	for _, s := range spec.Settings() {
		if text, said := settingOf(cmd, s); said {
			if err := n.Set(s.Flag, text); err != nil {
				return n, err
			}
		}
	}
	if n.Name == "" {
		if err := nameByHost(&n); err != nil {
			return n, err
		}
	}
	return n, n.Validate()
}

// settingOf is what a flag or its twin says, if anything: an empty one does not.
func settingOf(cmd *cli.Command, s spec.Setting) (text string, said bool) {
	if s.Switch {
		return fmt.Sprint(cmd.Bool(s.Flag)), cmd.IsSet(s.Flag)
	}
	text = cmd.String(s.Flag)
	return text, cmd.IsSet(s.Flag) && text != ""
}

// nameByHost calls a node as its machine is called.
func nameByHost(n *spec.Node) error {
	host, err := os.Hostname()
	if err == nil {
		err = n.Set("name", host)
	}
	if err != nil {
		return fmt.Errorf("there is no -name, and the host's cannot take its place: %w", err)
	}
	return nil
}

func readOrigins(n *spec.Node) (spec.Origins, error) {
	if n.Origins == "" {
		return spec.Origins{}, nil
	}
	text, err := readAtMost(n.Origins, spec.MaxOriginsBytes+1)
	if err != nil {
		return spec.Origins{}, fmt.Errorf("-origins %w", err)
	}
	o, err := spec.ParseOrigins(n.Origins, text)
	if all := len(o.Entries()); err == nil && all > n.Capacity {
		err = fmt.Errorf("%s has %d origins, expected at most the -capacity of %d",
			n.Origins, all, n.Capacity)
	}
	return o, err
}

// maxSecretBytes is how large a file of keys, or of a token, may be.
const maxSecretBytes = 64 << 10

func readKeyring(n *spec.Node) (*seal.Keyring, error) {
	if n.KeyFile == "" {
		return seal.NewKeyring(n.Label, nil)
	}
	text, err := readSecret("key-file", n.KeyFile)
	if err != nil {
		return nil, err
	}
	keys, err := seal.ParseKeys(text)
	if err != nil {
		return nil, fmt.Errorf("-key-file %s: %w", n.KeyFile, err)
	}
	keyring, err := seal.NewKeyring(n.Label, keys)
	if err != nil {
		return nil, fmt.Errorf("-key-file %s: %w", n.KeyFile, err)
	}
	return keyring, nil
}

// readSecret reads a file that nobody else should read.
func readSecret(flag, path string) (string, error) {
	text, err := readAtMost(path, maxSecretBytes+1)
	switch {
	case err != nil:
		return "", fmt.Errorf("-%s %w", flag, err)
	case len(text) > maxSecretBytes:
		return "", fmt.Errorf("-%s %s: more than %d bytes", flag, path, maxSecretBytes)
	}
	return string(text), nil
}

func readToken(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	text, err := readSecret("api-token-file", path)
	token := strings.TrimSpace(text)
	if err == nil && (len(token) < 16 || strings.ContainsAny(token, " \t\r\n")) {
		err = fmt.Errorf("-api-token-file %s: expected one word of at least 16 characters", path)
	}
	return token, err
}

// number is what the other servers call the node.
func (s *setup) number() node.ID {
	return cmp.Or(node.ID(s.node.Number), names.Number(s.node.Name))
}

// sealed says how what servers say to each other is kept from others.
func (s *setup) sealed() string {
	if !s.keyring.Keyed() {
		return "by a checksum only: without -key-file whoever reaches the address can read and write"
	}
	return fmt.Sprintf("by %s, of which the first seals", counted(len(s.keyring.KeyIDs()), "key"))
}
