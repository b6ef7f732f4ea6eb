package seal_test

import (
	"bytes"
	"fmt"
	"io"
	"log"

	"butterfly/node/live/seal"
)

// Two servers with one key file: a datagram, and a call.
func Example() {
	file := "# shop, 2026\n" + seal.NewKey()
	keys, err := seal.ParseKeys(file)
	if err != nil {
		log.Fatal(err)
	}
	ring, err := seal.NewKeyring("shop", keys) // at both of them
	if err != nil {
		log.Fatal(err)
	}
	var seen seal.Replay

	frame := ring.Seal(nil, []byte("are you there?"), 7, 1_700_000_000_000, 1)
	for range 2 {
		plain, header, err := ring.Open(nil, frame)
		fmt.Printf("%s from %d, error %v, new %v\n", plain, header.From, err, seen.Accept(header))
	}

	var network bytes.Buffer
	request := ring.SealRequest(&network, 7, 1_700_000_000_000, 1)
	_, _ = io.WriteString(request, "what is new?")
	_ = request.Close()

	asked, err := ring.OpenRequest(&network)
	if err != nil {
		log.Fatal(err)
	}
	question, _ := io.ReadAll(asked)
	response := asked.SealResponse(&network, 9, 1_700_000_000_500)
	_, _ = fmt.Fprintf(response, "nothing since %q", question)
	_ = response.Close()

	answered, err := request.OpenResponse(&network)
	if err != nil {
		log.Fatal(err)
	}
	answer, err := io.ReadAll(answered)
	fmt.Printf("%s, says %d, error %v\n", answer, answered.Header().From, err)
	// Output:
	// are you there? from 7, error <nil>, new true
	// are you there? from 7, error <nil>, new false
	// nothing since "what is new?", says 9, error <nil>
}
