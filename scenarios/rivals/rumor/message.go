package rumor

// Message is what sites say to each other.
type Message struct {
	Kind Kind
	// Needed: the recipient of the update did not know it when the cycle began. Of a Feedback.
	Needed bool
}

// Kind says what a [Message] is. The zero kind is no message.
type Kind uint8

const (
	// Ask is a pull: the sender would like to hear news.
	Ask Kind = iota + 1
	// Update is the news itself.
	Update
	// Feedback tells the sender of an Update whether it was any use.
	Feedback
)

// Sizes of messages in bytes: a byte for the kind, and one for the answer of a Feedback; an update
// is a key of 4 bytes, a value of 8 and a time stamp of 8.
const (
	askBytes      = 1
	updateBytes   = 1 + 4 + 8 + 8
	feedbackBytes = 1 + 1
)

// Size is what m weighs on the wire, in bytes.
func Size(m *Message) int {
	switch m.Kind {
	case Update:
		return updateBytes
	case Feedback:
		return feedbackBytes
	}
	return askBytes
}
