package live_test

import (
	"context"
	"fmt"

	"butterfly/node/live"
	"butterfly/node/live/seal"
	"butterfly/node/live/spec"
)

// A node with one origin, which leaves again. Another one on the same network would join it with its
// address in Join, and the same label and key.
func ExampleStart() {
	keys, _ := seal.ParseKeys(seal.NewKey())
	ring, _ := seal.NewKeyring("shops", keys)
	origins, err := spec.ParseOrigins("origins.yaml", []byte(
		"services: {shop: {check: {kind: tcp}, origins: ['127.0.0.1:9001']}}"))
	if err != nil {
		fmt.Println(err)
		return
	}
	config := live.DefaultConfig()
	config.Name, config.Bind, config.Keyring = "a", "127.0.0.1:0", ring
	config.Origins = origins
	node, err := live.Start(context.Background(), config)
	if err != nil {
		fmt.Println(err)
		return
	}
	services, _ := node.Services(context.Background())
	fmt.Println(services[0].Name, "has", services[0].Origins, "origin, checked by", services[0].Check)
	_ = node.Leave(context.Background())
	// Output: shop has 1 origin, checked by tcp, every 1s, within 500ms, up after 2, down after 3
}
