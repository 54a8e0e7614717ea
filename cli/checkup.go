package cli

import "gatehouse/service"

type checkupCommand struct{}

// A mistakeLine is a likely mistake as it is printed.
type mistakeLine struct {
	Check  string `json:"check"`
	Grave  bool   `json:"grave"`
	Kind   string `json:"kind"`
	ID     int64  `json:"id"`
	Name   string `json:"name"`
	Detail string `json:"detail"`
}

// Run lists likely mistakes on the desk; the answer is no where something does
// not work.
func (cmd *checkupCommand) Run(c *caller) error {
	found, err := c.svc.Checkup(c.ctx, c.by)
	if err != nil {
		return err
	}
	if err := printList(c.app, mapped(found, func(m *service.Mistake) mistakeLine { return mistakeLine(*m) })); err != nil {
		return err
	}
	for _, m := range found {
		if m.Grave {
			return no()
		}
	}
	return nil
}
