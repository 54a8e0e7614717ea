package service_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gatehouse/desk"
	"gatehouse/service"
	"gatehouse/store"
	"gatehouse/store/pgtest"
)

// nodeURL names the database to a second process of these tests.
const nodeURL = "GATEHOUSE_TEST_NODE"

// alternations is how often a right is given and taken away again.
const alternations = 1000

// TestTwoProcessesAgree: two processes share one database. What one grants or
// revokes, the very next request to the other follows, a thousand times, in
// both directions.
func TestTwoProcessesAgree(t *testing.T) {
	if os.Getenv(nodeURL) != "" {
		return // this is the other process
	}
	url := pgtest.NewDatabase(t)
	here := openNode(t, url)
	here.agent("agnes")
	q := here.makeQueue(desk.Queue{Name: "support"})
	here.open(service.NewTicket{Queue: q})
	there := startNode(t, url)
	for i := range alternations {
		changer, asked := here.obey, there.obey
		if i%4 >= 2 {
			changer, asked = there.obey, here.obey
		}
		order, want := "grant", "yes"
		if i%2 == 1 {
			order, want = "revoke", "no"
		}
		if got := changer(order); got != "done" {
			t.Fatalf("change %d, %s: %s", i, order, got)
		}
		if got := asked("may she?"); got != want {
			t.Fatalf("after change %d, %s, the other process says %s", i, order, got)
		}
	}
}

func openNode(t *testing.T, url string) *house {
	t.Helper()
	st, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), URL: url, Migrate: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return &house{Service: service.New(st, service.Options{}), store: st, t: t, ctx: t.Context(), sys: desk.System(desk.ViaCLI),
		names: map[string]desk.PrincipalID{}, queue: map[string]desk.QueueID{}}
}

// obey does what the other process is told to do, too.
func (h *house) obey(order string) string {
	agnes, err := h.Find(h.ctx, h.sys, "user:agnes")
	if err != nil {
		return err.Error()
	}
	g := desk.Grant{Who: agnes, Right: desk.ShowTicket, Place: desk.OnSystem()}
	switch order {
	case "grant":
		_, err = h.Grant(h.ctx, h.sys, g)
	case "revoke":
		var found *desk.Grant
		if found, err = h.FindGrant(h.ctx, h.sys, g); err == nil {
			err = h.Revoke(h.ctx, h.sys, found.ID)
		}
	default:
		_, err := h.Ticket(h.ctx, desk.Actor{User: desk.UserID(agnes), Via: desk.ViaWeb}, 1)
		return map[desk.Kind]string{0: "yes", desk.NotFound: "no"}[desk.KindOf(err)]
	}
	if err != nil {
		return err.Error()
	}
	return "done"
}

// A node is another process on the same database.
type node struct {
	t   *testing.T
	in  io.Writer
	out *bufio.Scanner
}

func startNode(t *testing.T, url string) *node {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestNode$")
	cmd.Env = append(os.Environ(), nodeURL+"="+url)
	in, errIn := cmd.StdinPipe()
	out, errOut := cmd.StdoutPipe()
	if errIn != nil || errOut != nil {
		t.Fatal(errIn, errOut)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil && t.Context().Err() == nil {
			t.Errorf("the other process: %v", err)
		}
	})
	return &node{t, in, bufio.NewScanner(out)}
}

func (n *node) obey(order string) string {
	if _, err := fmt.Fprintln(n.in, order); err != nil {
		return err.Error()
	}
	for n.out.Scan() {
		if answer, ok := strings.CutPrefix(n.out.Text(), "answer: "); ok {
			return answer
		}
	}
	return fmt.Sprintf("the other process has ended (%v)", n.out.Err())
}

// TestNode is the other process of TestTwoProcessesAgree; by itself it does
// nothing.
func TestNode(t *testing.T) {
	url := os.Getenv(nodeURL)
	if url == "" {
		return
	}
	h := openNode(t, url)
	for orders := bufio.NewScanner(os.Stdin); orders.Scan(); {
		fmt.Println("answer: " + h.obey(orders.Text()))
	}
}
