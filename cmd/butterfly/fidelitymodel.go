package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"time"

	"butterfly/netmodel"
	"butterfly/node"
	livenames "butterfly/node/live/names"
	"butterfly/node/live/seal"
	"butterfly/node/wire"
	"butterfly/scenarios/fidelity"
)

// describeCarrier tells the simulation what live servers put around a message: the names of origins
// in the place of their numbers, the seal, and what a server says of itself.
func describeCarrier(config *fidelity.Config) error {
	keys, err := fidelityKeys()
	if err != nil {
		return err
	}
	config.About = func(server node.ID) []byte {
		about := livenames.About{Name: serverName(server), Address: "127.0.0.1:30000"}
		return about.Append(nil)
	}
	directory, err := sampleDirectory(config)
	if err != nil {
		return err
	}
	config.Size = func(m *wire.Message, stream bool) int {
		plain := directory.AppendMessage(nil, m)
		if stream {
			return len(plain) // the live meter counts what streams carry, without their seal
		}
		return len(keys.Seal(nil, plain, 0, 0, 0))
	}
	return nil
}

// sampleDirectory returns a directory of origins with names as long as those of the live ones.
func sampleDirectory(config *fidelity.Config) (*livenames.Directory, error) {
	directory := livenames.NewDirectory(config.Origins)
	for range config.Origins {
		target := net.JoinHostPort(loopback, portText(30_000+directory.Len()))
		if _, err := directory.Origin(livenames.Origin{Service: serviceName, Target: target}); err != nil {
			return nil, err
		}
	}
	_, err := directory.Definition(serviceName, config.Check())
	return directory, err
}

// Rounds of the measurements of latencies. Their medians are what counts.
const latencyRounds = 101

// measureLatency measures how long a sealed datagram takes to a server on this machine.
func measureLatency() (time.Duration, error) {
	there, errThere := net.ListenPacket("udp", net.JoinHostPort(loopback, "0"))
	here, errHere := net.ListenPacket("udp", net.JoinHostPort(loopback, "0"))
	if err := errors.Join(errThere, errHere); err != nil {
		return 0, err
	}
	defer func() { _ = errors.Join(here.Close(), there.Close()) }()
	go echo(there)
	trip, err := medianTime(latencyRounds, func() error {
		frame := make([]byte, seal.Overhead)
		if err := here.SetDeadline(time.Now().Add(time.Second)); err != nil {
			return err
		}
		if _, err := here.WriteTo(frame, there.LocalAddr()); err != nil {
			return err
		}
		_, _, err := here.ReadFrom(frame)
		return err
	})
	return trip / 2, err
}

// echo sends back whatever comes, until the socket is closed.
func echo(socket net.PacketConn) {
	frame := make([]byte, 1<<10)
	for {
		length, from, err := socket.ReadFrom(frame)
		if err != nil {
			return
		}
		_, _ = socket.WriteTo(frame[:length], from) // what is lost is missed by the other
	}
}

// measureRoundTrip measures how long it takes to check an origin on this machine.
func measureRoundTrip() (latency netmodel.Latency, err error) {
	origins, err := openOrigins(loopback, 1)
	if err != nil {
		return latency, err
	}
	defer func() { err = errors.Join(err, origins.close()) }()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Second}
	trip, err := medianTime(latencyRounds, func() error {
		answer, err := client.Get("http://" + origins.targets[0])
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, answer.Body)
		return errors.Join(err, answer.Body.Close())
	})
	return netmodel.Constant(trip), err
}

// medianTime is how long something usually takes.
func medianTime(rounds int, something func() error) (time.Duration, error) {
	times := make([]time.Duration, rounds)
	for i := range times {
		began := time.Now()
		if err := something(); err != nil {
			return 0, err
		}
		times[i] = time.Since(began)
	}
	slices.Sort(times)
	return times[rounds/2].Round(time.Microsecond), nil
}
