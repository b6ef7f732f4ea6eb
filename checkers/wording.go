package checkers

import (
	"fmt"
	"slices"
	"strings"

	"butterfly/node"
)

// The types here print what violations are about. They are Stringers rather than functions because
// only the first violation of a property is ever printed.

// hostName prints as "host 3" or "nobody".
type hostName node.ID

func (h hostName) String() string {
	if node.ID(h) == node.Nobody {
		return "nobody"
	}
	return fmt.Sprintf("host %d", uint32(h))
}

// servers prints as "1 live server" or "3 live servers".
type servers int

func (n servers) String() string {
	if n == 1 {
		return "1 live server"
	}
	return fmt.Sprintf("%d live servers", int(n))
}

// maxListed is how many hosts a sentence names before it only counts the rest.
const maxListed = 8

// hostList prints in ascending order: "nobody", "host 3", "hosts 1, 3 and 8", "hosts 0, ..., 7 and
// 12 more".
type hostList []node.ID

func (l hostList) String() string {
	switch len(l) {
	case 0:
		return hostName(node.Nobody).String()
	case 1:
		return hostName(l[0]).String()
	}
	names := make([]string, 0, maxListed)
	for _, host := range slices.Sorted(slices.Values(l))[:min(len(l), maxListed)] {
		names = append(names, fmt.Sprint(host))
	}
	last := len(names) - 1
	if more := len(l) - maxListed; more > 0 {
		return fmt.Sprintf("hosts %s and %d more", strings.Join(names, ", "), more)
	}
	return fmt.Sprintf("hosts %s and %s", strings.Join(names[:last], ", "), names[last])
}
