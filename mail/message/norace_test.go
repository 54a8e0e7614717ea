//go:build !race

package message

// times is how many times the letter reading may take.
const times = 10
