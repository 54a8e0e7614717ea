package ascode

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"gatehouse/desk"
)

// WorkFormat is the first line of files of a desk's work.
const WorkFormat = "gatehouse-work/1"

// A Work is how a desk works by itself, as it is or as it shall be: calendars,
// agreements, life cycles, rules, templates of letters and forms of the portal.
// Secrets by which webhooks are signed are no part of it: they stay where they
// are.
type Work struct {
	file   string // that it was read from
	places map[string]*passage
	workFile
}

// workFile is a Work as it is written. A section that is nil is not in the file.
type workFile struct {
	Format     string           `yaml:"format"`
	Calendars  *[]workCalendar  `yaml:"calendars,omitempty"`
	Agreements *[]workAgreement `yaml:"agreements,omitempty"`
	Unclocked  *[]workHold      `yaml:"without_clocks,omitempty"`
	LifeCycles *[]workCycle     `yaml:"life_cycles,omitempty"`
	Rules      *[]workRule      `yaml:"rules,omitempty"`
	Templates  *[]workTemplate  `yaml:"templates,omitempty"`
	Forms      *[]workForm      `yaml:"forms,omitempty"`
}

type workCalendar struct {
	Name     string   `yaml:"name"`
	Zone     string   `yaml:"zone,omitempty"`
	Hours    string   `yaml:"hours"`
	Holidays []string `yaml:"holidays,omitempty"`
}

type workAgreement struct {
	Name          string     `yaml:"name"`
	Calendar      string     `yaml:"calendar,omitempty"`
	FirstResponse string     `yaml:"first_response,omitempty"`
	Update        string     `yaml:"update,omitempty"`
	Resolution    string     `yaml:"resolution,omitempty"`
	Warn          int        `yaml:"warn,omitempty"`
	Pauses        []string   `yaml:"pauses,omitempty"`
	Holds         []workHold `yaml:"holds,omitempty"`
}

// workHold says for which tickets an agreement holds.
type workHold struct {
	Queue    string `yaml:"queue,omitempty"`
	Customer string `yaml:"customer,omitempty"`
	Priority *int   `yaml:"priority,omitempty"`
}

type workCycle struct {
	writtenCycle `yaml:",inline"`
	Queues       []string `yaml:"queues,omitempty"`
}

type workRule struct {
	Name           string   `yaml:"name"`
	Disabled       bool     `yaml:"disabled,omitempty"`
	Queue          string   `yaml:"queue,omitempty"`
	Stage          string   `yaml:"stage,omitempty"`
	Place          int      `yaml:"place,omitempty"`
	When           []string `yaml:"when"`
	Hours          int      `yaml:"hours,omitempty"`
	InStatus       string   `yaml:"in_status,omitempty"`
	At             string   `yaml:"at,omitempty"`
	Calendar       string   `yaml:"calendar,omitempty"`
	Workdays       bool     `yaml:"workdays,omitempty"`
	Field          string   `yaml:"field,omitempty"`
	From           string   `yaml:"from,omitempty"`
	To             string   `yaml:"to,omitempty"`
	If             string   `yaml:"if,omitempty"`
	Status         string   `yaml:"status,omitempty"`
	Owner          string   `yaml:"owner,omitempty"`
	Priority       string   `yaml:"priority,omitempty"`
	Move           string   `yaml:"move,omitempty"`
	Due            string   `yaml:"due,omitempty"`
	Watch          []string `yaml:"watch,omitempty"`
	Unwatch        []string `yaml:"unwatch,omitempty"`
	Comment        string   `yaml:"comment,omitempty"`
	Approvers      []string `yaml:"approvers,omitempty"`
	ApprovalReason string   `yaml:"approval_reason,omitempty"`
	OpenIn         string   `yaml:"open_in,omitempty"`
	OpenLink       string   `yaml:"open_link,omitempty"`
	OpenSubject    string   `yaml:"open_subject,omitempty"`
	OpenText       string   `yaml:"open_text,omitempty"`
	Notify         []string `yaml:"notify,omitempty"`
	Letter         string   `yaml:"letter,omitempty"`
	Push           bool     `yaml:"push,omitempty"`
	Webhook        string   `yaml:"webhook,omitempty"`
}

type workTemplate struct {
	Letter   string `yaml:"letter"`
	Queue    string `yaml:"queue,omitempty"`
	Language string `yaml:"language"`
	Subject  string `yaml:"subject,omitempty"`
	Text     string `yaml:"text"`
}

// maxWork bounds the file, in bytes.
const maxWork = 4 << 20

// YAML writes it as a file that ReadWork reads, always the same way.
func (w *Work) YAML() ([]byte, error) { return written(w.workFile) }

func written(v any) ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(v); err != nil {
		return nil, desk.Wrap(desk.Internal, err, "The file could not be written.")
	}
	return b.Bytes(), e.Close()
}

// ReadWork reads a file. What it does not know, and a name said twice, it
// refuses with the line; whether the things named are there is found when it is
// planned.
func ReadWork(file string, text []byte) (*Work, error) {
	w := &Work{file: file}
	if len(text) > maxWork {
		return nil, desk.Errorf(desk.TooLarge, "%s: the work of a desk has at most 4 MB.", file)
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	err := d.Decode(&w.workFile)
	switch {
	case errors.Is(err, io.EOF):
		return nil, desk.Errorf(desk.Invalid, "%s: the file is empty; it begins with \"format: %s\".", file, WorkFormat)
	case err != nil:
		return nil, unread(file, err)
	case w.Format != WorkFormat:
		return nil, desk.Errorf(desk.Invalid, "%s:1: the file begins with \"format: %s\".", file, WorkFormat)
	}
	w.places = workPlaces(text)
	return w, w.checkNames()
}

// checkNames refuses things of the same name.
func (w *Work) checkNames() error {
	seen := map[string]bool{}
	var err error
	once := func(kind, name string) {
		key := kind + " " + desk.Fold(name)
		if seen[key] && err == nil {
			err = desk.Errorf(desk.Invalid, "%s:%d: the %s %s stands there twice.", w.file, w.lineOf(kind, name), kind, name)
		}
		if strings.TrimSpace(name) == "" && err == nil {
			err = desk.Errorf(desk.Invalid, "%s:%d: there is a %s without a name.", w.file, w.lineOf(kind, name), kind)
		}
		seen[key] = true
	}
	for _, c := range all(w.Calendars) {
		once("calendar", c.Name)
	}
	for _, a := range all(w.Agreements) {
		once("agreement", a.Name)
	}
	for _, c := range all(w.LifeCycles) {
		once("life cycle", c.Name)
	}
	for _, r := range all(w.Rules) {
		once("rule", r.Name)
	}
	for i := range all(w.Templates) {
		once("template", (*w.Templates)[i].name())
	}
	for i := range all(w.Forms) {
		once("form", (*w.Forms)[i].name())
	}
	return err
}

// all are the things of a section.
func all[T any](section *[]T) []T {
	if section == nil {
		return nil
	}
	return *section
}

// name tells a template from the others.
func (t *workTemplate) name() string {
	name := t.Letter + " in " + t.Language
	if t.Queue != "" {
		name += " of queue " + t.Queue
	}
	return name
}
