// Package message turns a letter as it came over the wire into plain structs
// and plain structs into a letter to send.
//
// It is pure: no clock, no network, no files, no state, and it knows nothing
// of the rest of the program. What it promises:
//
//   - Limits hold before anything is decoded, and time is linear in the size
//     of the letter. The letter is split into its parts in one pass that
//     counts, and the same parts are then decoded one at a time. Of enmime only
//     the reader of media types is used: its splitter and its decoders are not
//     linear, or keep an error value for each wrong byte.
//   - A letter of any form is read. What was wrong with it is said in plain
//     words in Letter.Defects; only a letter over a limit is an error.
//   - Every string that comes out is valid UTF-8 without control characters
//     (texts keep line ends and tabs).
//   - ParseAddressList is the one reader of mail addresses in the program.
//   - Compose gives the same bytes for the same input, so that a retry sends
//     the identical letter, and no value can add a header line of its own.
//
// It does not clean HTML for display, check signatures or decide what a letter
// may do.
package message
