package cli_test

import (
	"database/sql"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// An oldDesk is what an earlier program left behind.
type oldDesk struct {
	name    string
	options store.Options
}

// oldDesks loads all that are in testdata, each into a fresh database.
func oldDesks(t *testing.T) (list []oldDesk) {
	t.Helper()
	dumps, err := filepath.Glob("../testdata/upgrade/*.sql")
	if err != nil || len(dumps) < 4 {
		t.Fatalf("%d dumps were found (%v)", len(dumps), err)
	}
	for _, path := range dumps {
		dump, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		old := oldDesk{strings.TrimSuffix(filepath.Base(path), ".sql"), store.Options{Dir: t.TempDir(), Migrate: true}}
		if strings.HasSuffix(old.name, ".postgres") {
			old.options.URL = pgtest.NewDatabase(t)
			loadPostgres(t, old.options.URL, string(dump))
		} else {
			loadSQLite(t, filepath.Join(old.options.Dir, "gatehouse.db"), string(dump))
		}
		list = append(list, old)
	}
	return list
}

func loadSQLite(t *testing.T, path, dump string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(dump); err != nil {
		t.Fatalf("loading %s: %v", path, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func loadPostgres(t *testing.T, url, dump string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.PgConn().Exec(t.Context(), dump).ReadAll(); err != nil {
		t.Fatalf("loading a dump: %v", err)
	}
}

// TestUpgrade brings the desks of earlier programs up to date: everything is
// there, nothing is damaged, and it can be worked with.
func TestUpgrade(t *testing.T) {
	for _, old := range oldDesks(t) {
		t.Run(old.name, func(t *testing.T) {
			st, err := store.Open(t.Context(), old.options)
			if err != nil {
				t.Fatal(err)
			}
			defer st.Close()
			checkUpgraded(t, service.New(st, service.Options{Domain: "desk.invalid"}))
		})
	}
}

func checkUpgraded(t *testing.T, svc *service.Service) {
	t.Helper()
	ctx, by := t.Context(), desk.System(desk.ViaCLI)
	if found, err := svc.Verify(ctx, by); err != nil || !found.Clean() {
		t.Errorf("verify found %+v (%v)", found, err)
	}
	page, err := svc.Tickets(ctx, by, service.TicketFilter{Limit: 100})
	if err != nil || len(page.Lines) != 16 {
		t.Errorf("got %d tickets (%v), want 16", len(page.Lines), err)
	}
	opened, err := svc.Ticket(ctx, by, 16)
	if err != nil {
		t.Fatal(err)
	}
	if opened.Subject != "Opened by the old program" || len(opened.Messages) == 0 || opened.Messages[0].Text != "Grüße aus der alten Zeit" {
		t.Errorf("ticket 16 is %q with %d messages", opened.Subject, len(opened.Messages))
	}
	if found, err := svc.Tickets(ctx, by, service.TicketFilter{Text: "letter old days", Limit: 10}); err != nil || len(found.Lines) != 1 || found.Lines[0].Subject != "From before" {
		t.Errorf("searching: got %+v (%v), want the letter's ticket", found, err)
	}
	session, err := svc.SignIn(ctx, "alice", "demo-alice", "a browser", "192.0.2.1")
	if err != nil {
		t.Fatalf("signing in with the password of before: %v", err)
	}
	in, err := svc.Resume(ctx, session.Token)
	if err != nil {
		t.Fatal(err)
	}
	own, err := svc.OwnTickets(ctx, in.Actor, service.TicketFilter{Limit: 10})
	if err != nil || len(own.Lines) == 0 {
		t.Fatalf("alice sees %+v of her own (%v)", own, err)
	}
	if _, err := svc.Write(ctx, in.Actor, service.NewMessage{Ticket: own.Lines[0].ID, Kind: desk.Reply, Text: "After the upgrade"}); err != nil {
		t.Errorf("replying: %v", err)
	}
	if found, err := svc.Verify(ctx, by); err != nil || !found.Clean() {
		t.Errorf("after working with it verify found %+v (%v)", found, err)
	}
}

// TestUpgradeInterrupted kills the program, kill -9, again and again while it
// upgrades. What it had done stays, and in the end all of it is done.
func TestUpgradeInterrupted(t *testing.T) {
	killed := 0
	for _, old := range oldDesks(t) {
		if !strings.HasPrefix(old.name, "first") {
			continue
		}
		env := []string{"GATEHOUSE_DATA=" + old.options.Dir, "GATEHOUSE_DATABASE=" + old.options.URL}
		for range 8 {
			cmd := gatehouse(t, t.TempDir(), env, "migrate")
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			done := make(chan error, 1)
			go func() { done <- cmd.Wait() }()
			select {
			case <-time.After(40*time.Millisecond + rand.N(150*time.Millisecond)):
				_ = cmd.Process.Kill()
			case err := <-done:
				done <- err
			}
			if err := <-done; err != nil {
				killed++
			}
		}
		mustRun(t, gatehouse(t, t.TempDir(), env, "migrate"))
		st, err := store.Open(t.Context(), old.options)
		if err != nil {
			t.Fatal(err)
		}
		checkUpgraded(t, service.New(st, service.Options{Domain: "desk.invalid"}))
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Logf("it was killed %d times", killed)
}
