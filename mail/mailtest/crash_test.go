package mailtest_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gatehouse/desk"
	"gatehouse/jobs"
	"gatehouse/mail/in"
	"gatehouse/mail/mailtest"
	"gatehouse/mail/out"
	"gatehouse/notify"
	"gatehouse/service"
	"gatehouse/store"
)

// TestMain is the program that is killed, where its environment says so; else
// it runs the tests.
func TestMain(m *testing.M) {
	if dir := os.Getenv("GATEHOUSE_TEST_CRASH_DIR"); dir != "" {
		fmt.Fprintln(os.Stderr, serveUntilKilled(dir, os.Getenv("GATEHOUSE_TEST_CRASH_RELAY")))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// serveUntilKilled takes letters on a port that it prints, and works on them.
func serveUntilKilled(dir, relay string) error {
	st, err := store.Open(context.Background(), store.Options{Dir: dir})
	if err != nil {
		return err
	}
	svc := service.New(st, service.Options{Domain: "desk.example"})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr())
	runner := crashRunner(svc, relay)
	go runner.Run(context.Background(), nil)
	return in.NewServer(in.Config{Service: svc, Log: slog.New(slog.DiscardHandler), Stored: runner.Poke}).Serve(l)
}

func crashRunner(svc *service.Service, relay string) *jobs.Runner {
	log := slog.New(slog.DiscardHandler)
	return jobs.New(log, jobs.Step{Name: "spool", Do: (&in.Processor{Service: svc, Log: log}).Step},
		jobs.Handle(svc, log, map[string]jobs.Handler{service.JobNotify: notify.Handler(svc)}),
		jobs.Step{Name: "outbox", Do: (&out.Sender{Service: svc, Log: log, Relay: out.Relay{Address: relay}}).Step})
}

// A victim is the program that is killed and started again.
type victim struct {
	t          *testing.T
	dir, relay string
	mu         sync.Mutex
	address    string
	process    *exec.Cmd
	output     io.Closer
}

func (v *victim) start() {
	program := exec.Command(os.Args[0])
	program.Env = append(os.Environ(), "GATEHOUSE_TEST_CRASH_DIR="+v.dir, "GATEHOUSE_TEST_CRASH_RELAY="+v.relay)
	program.Stderr = os.Stderr
	output, err := program.StdoutPipe()
	if err != nil {
		v.t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		v.t.Fatal(err)
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		v.t.Errorf("the program did not start: %v", err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.address, v.process, v.output = strings.TrimSpace(line), program, output
}

func (v *victim) at() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.address
}

// kill is kill -9: nothing of the program runs any more.
func (v *victim) kill() {
	if err := v.process.Process.Kill(); err != nil {
		v.t.Error(err)
	}
	_ = v.process.Wait() // killed, as it says
	v.output.Close()
}

// TestNoLetterIsLostOrDoubledByKills kills the program while clients deliver,
// who try again until they hear that a letter was taken. Afterwards each letter
// is one ticket, and each letter that went out is the same on every try. With
// GATEHOUSE_CRASH_LETTERS it takes that many letters and a kill for each twenty.
func TestNoLetterIsLostOrDoubledByKills(t *testing.T) {
	letters := 500
	if n, err := strconv.Atoi(os.Getenv("GATEHOUSE_CRASH_LETTERS")); err == nil {
		letters = n
	}
	relay := mailtest.StartRelay(t)
	v := &victim{t: t, dir: t.TempDir(), relay: relay.Address}
	prepare(t, v.dir)
	v.start()
	sent := make(chan struct{}, letters)
	var clients sync.WaitGroup
	for client := range 4 {
		clients.Go(func() {
			for i := client; i < letters; i += 4 {
				deliverUntilTaken(v, i, letters/10)
				sent <- struct{}{}
			}
		})
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range letters / 20 {
		for range 20 - random.IntN(10) { // after about so many letters, in the middle of the next ones
			<-sent
		}
		v.kill()
		v.start()
	}
	clients.Wait()
	v.kill()
	checkAfterKills(t, v, relay, letters)
}

// prepare makes the desk: one queue that everybody may write to.
func prepare(t *testing.T, dir string) {
	t.Helper()
	st, err := store.Open(t.Context(), store.Options{Dir: dir, Migrate: true})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	svc := service.New(st, service.Options{})
	if _, err := svc.CreateQueue(t.Context(), mailtest.System(), desk.Queue{Name: "support", Address: "support@desk.example"}); err != nil {
		t.Fatal(err)
	}
	if _, err := svc.Grant(t.Context(), mailtest.System(), desk.Grant{Who: desk.Everyone, Right: desk.CreateTicket, Place: desk.OnSystem()}); err != nil {
		t.Fatal(err)
	}
}

// deliverUntilTaken sends letter i, of one of so many people: to each of them
// few enough that all are acknowledged.
func deliverUntilTaken(v *victim, i, people int) {
	letter := fmt.Sprintf("From: c%d@case.example\nSubject: number %d\nMessage-ID: <n%d@case.example>\n\n%s\n", i%people, i, i, strings.Repeat("text ", 2000))
	for deadline := time.Now().Add(time.Minute); mailtest.Send(v.at(), "c@case.example", []string{"support@desk.example"}, letter) != nil; {
		if time.Now().After(deadline) {
			v.t.Errorf("letter %d was not taken for a minute", i)
			return
		}
	}
}

// checkAfterKills does the work that is left, an hour later so that nobody
// holds anything any more, and counts.
func checkAfterKills(t *testing.T, v *victim, relay *mailtest.Relay, letters int) {
	t.Helper()
	now := func() time.Time { return time.Now().Add(time.Hour) }
	st, err := store.Open(t.Context(), store.Options{Dir: v.dir, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	svc := service.New(st, service.Options{Domain: "desk.example", Now: now})
	if err := crashRunner(svc, relay.Address).Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	page, err := svc.Tickets(t.Context(), mailtest.System(), service.TicketFilter{Limit: 2 * letters})
	if err != nil {
		t.Fatal(err)
	}
	subjects := map[string]int{}
	for _, row := range page.Lines {
		subjects[row.Subject]++
	}
	for i := range letters {
		if n := subjects[fmt.Sprintf("number %d", i)]; n != 1 {
			t.Errorf("letter %d became %d tickets, want 1", i, n)
		}
	}
	raw := map[string]string{}
	for _, s := range relay.Take() {
		if first, ok := raw[s.Letter.MessageID]; ok && first != string(s.Raw) {
			t.Errorf("%s was sent with other bytes:\n%s\nand\n%s", s.Letter.MessageID, first, s.Raw)
		}
		raw[s.Letter.MessageID] = string(s.Raw)
	}
	if len(raw) != letters {
		t.Errorf("got %d acknowledgements, want %d", len(raw), letters)
	}
}
