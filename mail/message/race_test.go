//go:build race

package message

// times is how many times the letter reading may take: the race detector
// throws away at random what is kept for use again.
const times = 15
