package service

import (
	"errors"
	"strings"
	"sync"

	"gatehouse/desk"
	"gatehouse/desk/condition"
)

// A ruleBook keeps compiled conditions of rules by their version, so that they
// are compiled once. It is safe for concurrent use.
type ruleBook struct {
	language func() (*condition.Language, error)
	mu       sync.Mutex
	compiled map[desk.RuleID]compiledRule
}

type compiledRule struct {
	version int64
	when    *condition.Condition
}

func newRuleBook() *ruleBook {
	return &ruleBook{language: sync.OnceValues(condition.New), compiled: map[desk.RuleID]compiledRule{}}
}

// condition returns the condition of a stored rule.
func (b *ruleBook) condition(r *desk.Rule) (*condition.Condition, error) {
	b.mu.Lock()
	known, ok := b.compiled[r.ID]
	b.mu.Unlock()
	if ok && known.version == r.Version {
		return known.when, nil
	}
	c, err := b.compile(r.If)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.compiled[r.ID] = compiledRule{r.Version, c}
	return c, nil
}

// compile reads a condition. What is wrong with it is told by field.
func (b *ruleBook) compile(text string) (*condition.Condition, error) {
	l, err := b.language()
	if err != nil {
		return nil, err
	}
	c, err := l.Compile(text)
	if wrong := (*condition.Error)(nil); errors.As(err, &wrong) {
		return nil, desk.InvalidFields(map[string]string{"if": "The condition does not compile: " + ended(wrong.Error())})
	}
	return c, err
}

// ended ends a sentence that may end in a question.
func ended(text string) string {
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}
