package ascode

import (
	"bytes"
	"errors"
	"io"

	"go.yaml.in/yaml/v3"

	"gatehouse/desk"
)

// writtenCycle is a life cycle as a file.
type writtenCycle struct {
	Name     string            `yaml:"name"`
	About    string            `yaml:"about,omitempty"`
	Statuses []writtenState    `yaml:"statuses"`
	Steps    []writtenStep     `yaml:"steps"`
	Becomes  map[string]string `yaml:"becomes,omitempty"`
	Approval *writtenApproval  `yaml:"approval,omitempty"`
}

type writtenState struct {
	Name     string `yaml:"name"`
	Kind     string `yaml:"kind"`
	Answered string `yaml:"answered,omitempty"`
	Asked    string `yaml:"asked,omitempty"`
	Solved   bool   `yaml:"solved,omitempty"`
}

type writtenStep struct {
	From  string `yaml:"from"`
	To    string `yaml:"to"`
	Right string `yaml:"right,omitempty"`
	Label string `yaml:"label,omitempty"`
	With  string `yaml:"with,omitempty"`
}

type writtenApproval struct {
	Granted string `yaml:"granted"`
	Refused string `yaml:"refused"`
}

// LifeCycle writes a life cycle as a file that ReadLifeCycle reads.
func LifeCycle(c *desk.LifeCycle) ([]byte, error) { return written(cycleText(c)) }

func cycleText(c *desk.LifeCycle) writtenCycle {
	out := writtenCycle{Name: c.Name, About: c.About, Becomes: map[string]string{}}
	for _, s := range c.States {
		out.Statuses = append(out.Statuses, writtenState{string(s.Name), string(s.Kind), string(s.Answered), string(s.Asked), s.Solved})
	}
	for _, s := range c.Steps {
		step := writtenStep{From: string(s.From), To: string(s.To), Label: s.Label, With: string(s.Does)}
		if s.Right != 0 {
			step.Right = s.Right.String()
		}
		out.Steps = append(out.Steps, step)
	}
	for from, to := range c.Becomes {
		out.Becomes[string(from)] = string(to)
	}
	if c.Approves() {
		out.Approval = &writtenApproval{string(c.Granted), string(c.Refused)}
	}
	return out
}

// maxLifeCycle bounds the file of a life cycle, in bytes.
const maxLifeCycle = 1 << 18

// ReadLifeCycle reads the file of one life cycle. What it does not know it
// refuses, with the line where that stands.
func ReadLifeCycle(data []byte) (*desk.LifeCycle, error) {
	if len(data) > maxLifeCycle {
		return nil, desk.Errorf(desk.TooLarge, "A life cycle has at most 256 kB.")
	}
	var in writtenCycle
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&in); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, desk.Errorf(desk.Invalid, "The file is empty; it is to hold a life cycle.")
		}
		return nil, desk.Wrap(desk.Invalid, err, "The file is no life cycle: %v.", err)
	}
	return in.cycle()
}

// cycle is the life cycle that is written.
func (in *writtenCycle) cycle() (*desk.LifeCycle, error) {
	c := &desk.LifeCycle{Name: in.Name, About: in.About}
	for _, s := range in.Statuses {
		c.States = append(c.States, desk.State{Name: desk.Status(s.Name), Kind: desk.StatusKind(s.Kind), Answered: desk.Status(s.Answered), Asked: desk.Status(s.Asked), Solved: s.Solved})
	}
	for _, s := range in.Steps {
		step := desk.Step{From: desk.Status(s.From), To: desk.Status(s.To), Label: s.Label, Does: desk.StepForm(s.With)}
		if s.Right != "" {
			var ok bool
			if step.Right, ok = desk.ParseRight(s.Right); !ok {
				return nil, desk.Errorf(desk.Invalid, "The step from %s to %s asks for %s, which is no right; gatehouse access rights lists all.", s.From, s.To, s.Right)
			}
		}
		c.Steps = append(c.Steps, step)
	}
	for from, to := range in.Becomes {
		if c.Becomes == nil {
			c.Becomes = map[desk.Status]desk.Status{}
		}
		c.Becomes[desk.Status(from)] = desk.Status(to)
	}
	if in.Approval != nil {
		c.Granted, c.Refused = desk.Status(in.Approval.Granted), desk.Status(in.Approval.Refused)
	}
	return c, nil
}
