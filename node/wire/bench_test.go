package wire_test

import (
	"testing"

	"butterfly/node/wire"
)

func benchmarked() map[string]*wire.Message {
	return map[string]*wire.Message{
		"ping with 3 updates":     pingWithUpdates(3),
		"table of 100 described":  tableOf(100, 32),
		"pull of 64 versions":     pullOf(64, 1000),
		"answer with 100 entries": answerOf(100),
	}
}

func BenchmarkAppend(b *testing.B) {
	for name, m := range benchmarked() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			encoded := wire.Append(nil, m)
			for b.Loop() {
				encoded = wire.Append(encoded[:0], m)
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	for name, m := range benchmarked() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			encoded, parsed := wire.Append(nil, m), new(wire.Message)
			for b.Loop() {
				parsed.Reset()
				if err := wire.Parse(encoded, parsed); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSize(b *testing.B) {
	for name, m := range benchmarked() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				wire.Size(m)
			}
		})
	}
}
