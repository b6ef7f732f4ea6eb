package group

import (
	"butterfly/node/swim"
	"butterfly/node/wire"
	"butterfly/scenarios/world"
)

// envelope carries messages of SWIM as our servers do: in a [wire.Message]. It belongs to one world
// and is used again for every message.
type envelope struct {
	message wire.Message
}

func (e *envelope) codec() *world.Codec[swim.Message] {
	return &world.Codec[swim.Message]{Append: e.append, Parse: e.parse}
}

func (e *envelope) append(b []byte, m *swim.Message) []byte { return wire.Append(b, e.wrap(m)) }

func (e *envelope) parse(b []byte, m *swim.Message) error {
	e.message = wire.Message{Swim: *m} // its memory is used again
	err := wire.Parse(b, &e.message)
	*m = e.message.Swim
	return err
}

// wrap copies the message's fields and not what they point to.
func (e *envelope) wrap(m *swim.Message) *wire.Message {
	e.message.Kind, e.message.Swim = wire.Swim, *m
	return &e.message
}
