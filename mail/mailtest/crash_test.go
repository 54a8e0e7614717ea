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

	"github.com/emersion/go-smtp"

	"gatehouse/cli"
	"gatehouse/desk"
	"gatehouse/jobs"
	"gatehouse/mail/in"
	"gatehouse/mail/mailtest"
	"gatehouse/mail/out"
	"gatehouse/notify"
	"gatehouse/service"
	"gatehouse/store"
)

// TestMain is the program itself, where its environment says so; else it runs
// the tests.
func TestMain(m *testing.M) {
	if os.Getenv("GATEHOUSE_TEST_PROGRAM") != "" {
		os.Exit(cli.Run(context.Background(), cli.ThisProcess()))
	}
	os.Exit(m.Run())
}

// crashRunner does the work of a desk as serve does it.
func crashRunner(svc *service.Service, relay string) *jobs.Runner {
	log := slog.New(slog.DiscardHandler)
	return jobs.New(log, jobs.Step{Name: "spool", Do: (&in.Processor{Service: svc, Log: log}).Step},
		jobs.Handle(svc, log, service.StepEvents, map[string]jobs.Handler{service.JobNotify: notify.Handler(svc)}),
		jobs.Step{Name: "outbox", Do: (&out.Sender{Service: svc, Log: log, Relay: out.Relay{Address: relay}}).Step})
}

// A victim is the program, gatehouse serve, which is killed and started again.
type victim struct {
	t          *testing.T
	dir, relay string
	mu         sync.Mutex
	lmtp, smtp string // where it listens
	process    *exec.Cmd
	output     io.Closer
}

func (v *victim) start() {
	program := exec.Command(os.Args[0], "serve")
	program.Env = append(os.Environ(), "GATEHOUSE_TEST_PROGRAM=1", "GATEHOUSE_DATA="+v.dir, "GATEHOUSE_RELAY="+v.relay,
		"GATEHOUSE_DOMAIN=desk.example", "GATEHOUSE_LOG_LEVEL=error",
		"GATEHOUSE_WEB=off", "GATEHOUSE_LMTP=127.0.0.1:0", "GATEHOUSE_SMTP=127.0.0.1:0")
	program.Stderr = os.Stderr
	output, err := program.StdoutPipe()
	if err != nil {
		v.t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		v.t.Fatal(err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.process, v.output = program, output
	for lines := bufio.NewScanner(output); lines.Scan(); {
		what, where, _ := strings.Cut(lines.Text(), " on ")
		switch what {
		case "LMTP":
			v.lmtp = where
		case "SMTP":
			v.smtp = where
		case "ready":
			return
		}
	}
	v.t.Errorf("the program did not start")
}

// send hands a letter to the program: every other one by LMTP.
func (v *victim) send(i int, letter string) error {
	v.mu.Lock()
	byLMTP, bySMTP := v.lmtp, v.smtp
	v.mu.Unlock()
	if i%2 == 0 {
		return mailtest.Send(bySMTP, "c@case.example", []string{"support@desk.example"}, letter)
	}
	conn, err := net.DialTimeout("tcp", byLMTP, time.Second)
	if err != nil {
		return err
	}
	c := smtp.NewClientLMTP(conn)
	defer c.Close()
	if err := c.Hello("client.example"); err != nil {
		return err
	}
	if err := c.SendMail("c@case.example", []string{"support@desk.example"}, strings.NewReader(mailtest.CRLF(letter))); err != nil {
		return err
	}
	return c.Quit()
}

// kill is kill -9: nothing of the program runs any more.
func (v *victim) kill() {
	if err := v.process.Process.Kill(); err != nil {
		v.t.Error(err)
	}
	_ = v.process.Wait() // killed, as it says
	v.output.Close()
}

// TestNoLetterIsLostOrDoubledByKills kills the program, kill -9, while clients
// deliver by SMTP and LMTP, who try again until they hear that a letter was
// taken. Afterwards each letter is one ticket, and each letter that went out is
// the same on every try. With GATEHOUSE_CRASH_LETTERS it takes that many
// letters and a kill for each twenty.
func TestNoLetterIsLostOrDoubledByKills(t *testing.T) {
	letters := 1000
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
	for deadline := time.Now().Add(time.Minute); v.send(i, letter) != nil; {
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
