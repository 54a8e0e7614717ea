package desk

import (
	"fmt"
	"slices"
)

// LetterNotes are what was found out and decided about a letter that came in,
// for those who look after letters.
type LetterNotes struct {
	Subject string
	From    string // name and address, as the letter's header says
	Steps   []LetterStep
	Marks   []LetterMark
	Defects []string // what was wrong with its form, as sentences
}

// A LetterStep is one thing that was found out or decided about a letter. Steps
// stand in the order in which they were taken.
type LetterStep struct {
	What StepKind
	Said string // a sentence
}

// A StepKind says what a step is about.
type StepKind string

// The kinds of steps.
const (
	StepTo     StepKind = "to"     // where it goes by its recipient
	StepFrom   StepKind = "from"   // who wrote it
	StepKindOf StepKind = "kind"   // whether a person wrote it
	StepProof  StepKind = "proof"  // whether it is really his
	StepPolicy StepKind = "policy" // what the queue says of such letters
	StepThread StepKind = "thread" // which ticket it answers
	StepRights StepKind = "rights" // what its writer may do
	StepResult StepKind = "result" // what became of it
)

// StepKinds lists the kinds.
func StepKinds() []StepKind {
	return []StepKind{StepTo, StepFrom, StepKindOf, StepProof, StepPolicy, StepThread, StepRights, StepResult}
}

// A LetterMark is a warning that goes with the message that a letter became.
type LetterMark string

// The marks.
const (
	MarkUnproven  LetterMark = "unproven"  // nothing proves who wrote it, and the queue wants that said
	MarkSpam      LetterMark = "spam"      // a filter calls it spam, and it was taken all the same
	MarkEncrypted LetterMark = "encrypted" // the desk cannot read it
	MarkSigned    LetterMark = "signed"    // by a signature that the desk does not check
	MarkLoop      LetterMark = "loop"      // its sender wrote as no person does
	MarkVouched   LetterMark = "vouched"   // somebody at the desk took it though its writer may not write
)

// LetterMarks lists the marks.
func LetterMarks() []LetterMark {
	return []LetterMark{MarkUnproven, MarkSpam, MarkEncrypted, MarkSigned, MarkLoop, MarkVouched}
}

// maxSteps bounds the steps of one letter.
const maxSteps = 50

// Note adds a step to what is known of the letter.
func (l *Letter) Note(what StepKind, format string, args ...any) {
	if len(l.Notes.Steps) < maxSteps {
		l.Notes.Steps = append(l.Notes.Steps, LetterStep{what, fmt.Sprintf(format, args...)})
	}
}

// Mark adds a warning, once.
func (l *Letter) Mark(m LetterMark) {
	if !slices.Contains(l.Notes.Marks, m) {
		l.Notes.Marks = append(l.Notes.Marks, m)
	}
}
