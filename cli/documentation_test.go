package cli_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestExamples runs the examples of docs/cli.md on the demo desk, in their
// order: lines that begin with $ are commands, and what stands below one, up to
// the next, is in what it prints.
func TestExamples(t *testing.T) {
	page, err := os.ReadFile("../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "examples.txtar")
	if err := os.WriteFile(path, []byte(script(string(page))), 0o600); err != nil {
		t.Fatal(err)
	}
	params := stories()
	params.Dir, params.Files = "", []string{path}
	setup := params.Setup
	params.Setup = func(env *testscript.Env) error {
		env.Setenv("GATEHOUSE_DIRECTORY_HOSTS", env.WorkDir)
		return errors.Join(setup(env), makePeople(env.WorkDir+"/people.db"))
	}
	testscript.Run(t, params)
}

// makePeople makes the foreign database that the examples read.
func makePeople(path string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	_, err = db.Exec(`CREATE TABLE people (login TEXT, name TEXT, mail TEXT, firms TEXT);
		INSERT INTO people VALUES ('pia', 'Pia Pohl', 'pia@acme.example', 'acme')`)
	return errors.Join(err, db.Close())
}

// notRun are examples that go on for ever, or take a minute.
var notRun = []string{"gatehouse serve", "gatehouse demo", "gatehouse bench", "gatehouse healthz"}

// script makes a story of the examples of a page.
func script(page string) string {
	var b strings.Builder
	b.WriteString("gatehouse demo --fill\n")
	skipped := false
	for line := range strings.Lines(page) {
		line, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "    ")
		if !ok {
			skipped = true // until the next command
			continue
		}
		command, isCommand := strings.CutPrefix(line, "$ ")
		if isCommand {
			skipped = false
			for _, name := range notRun {
				skipped = skipped || strings.HasPrefix(command, name)
			}
		}
		switch {
		case skipped:
		case isCommand:
			b.WriteString(asStory(command))
		default:
			b.WriteString("says '" + strings.ReplaceAll(strings.TrimSpace(line), "'", "''") + "'\n")
		}
	}
	return b.String() + exampleFiles
}

// asStory writes a command of a shell in the language of stories. A comment
// "exit code 1" says how it ends.
func asStory(command string) string {
	input := ""
	command, code, ends := strings.Cut(command, "  # exit code ")
	if before, file, ok := strings.Cut(command, " < "); ok {
		command, input = before, "stdin "+file+"\n"
	}
	if ends {
		command = "exits " + code + " " + command
	}
	return input + command + "\n"
}

const exampleFiles = `
-- repairs.yaml --
name: Repairs
statuses:
  - {name: handed in, kind: initial, answered: in work}
  - {name: in work, kind: active}
  - {name: handed out, kind: inactive, solved: true}
steps:
  - {from: handed in, to: in work, label: Begin, with: comment}
  - {from: in work, to: handed out, label: Hand out, with: reply, right: OwnTicket}
-- work.yaml --
format: gatehouse-work/1
rules: [{name: Bell, when: [created], notify: [AdminCc]}]
-- password.txt --
correct horse
-- answer.txt --
Have you tried another one?
-- report.csv --
a;b
-- people.csv --
login,name,addresses
iris,Iris Ito,iris@acme.example
-- hr.json --
{"driver": "sqlite", "table": "people", "id": "login", "login": "login", "name": "name", "addresses": "mail", "customers": "firms"}
-- hr.txt --
people.db
-- shifts.yaml --
format: gatehouse-scenario/1
scenarios:
- {id: ANN, title: nobody sees anything, steps: [{ask: [{q: sees_tickets, who: user:ann, expect: []}]}]}
-- letter.eml --
From: Dora <dora@acme.example>
To: support@desk.example
Subject: The door of the lab does not open
Message-ID: <door@acme.example>

Please have a look.
-- nina.eml --
From: Nina <nina@dorado.example>
To: support@desk.example
Subject: Where do I find my invoices?
Message-ID: <invoices@dorado.example>

I am new here.
-- otto.eml --
From: Otto <otto@dorado.example>
To: support@desk.example
Subject: Do you sell ladders?
Message-ID: <ladders@dorado.example>

I need a long one.
`
