package in

import (
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// connections are those that are open, so that their number stays bounded and
// they can be brought to an end.
type connections struct {
	limits Limits

	mu       sync.Mutex
	open     map[*connection]struct{}
	clients  map[string]int
	stopping bool
}

func newConnections(limits Limits) *connections {
	return &connections{limits: limits, open: map[*connection]struct{}{}, clients: map[string]int{}}
}

// add returns the connection as one that keeps the time limits, or nil where
// there are too many.
func (cs *connections) add(c net.Conn) *connection {
	conn := &connection{Conn: c, all: cs, until: time.Now().Add(cs.limits.Session)}
	client := conn.client()
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if cs.stopping || len(cs.open) >= cs.limits.Connections || cs.clients[client] >= cs.limits.PerClient {
		return nil
	}
	cs.open[conn] = struct{}{}
	cs.clients[client]++
	return conn
}

func (cs *connections) remove(conn *connection) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if _, ok := cs.open[conn]; !ok {
		return
	}
	delete(cs.open, conn)
	client := conn.client()
	if cs.clients[client]--; cs.clients[client] == 0 {
		delete(cs.clients, client)
	}
}

// stop wakes the connections that wait for a command, which then say goodbye.
func (cs *connections) stop() {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.stopping = true
	for conn := range cs.open {
		if conn.deadline() != nil {
			conn.Conn.Close()
		}
	}
}

func (cs *connections) closeAll() {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	for conn := range cs.open {
		conn.Conn.Close()
	}
}

// A connection ends when its client is silent for too long, or when it has
// lasted too long.
type connection struct {
	net.Conn
	all   *connections
	until time.Time
	busy  atomic.Bool // a letter is being sent
}

// client returns the address of the client without the port.
func (c *connection) client() string {
	host, _, err := net.SplitHostPort(c.RemoteAddr().String())
	if err != nil {
		return c.RemoteAddr().String() // a unix socket
	}
	return host
}

// Read reads with the time limits in force.
func (c *connection) Read(b []byte) (int, error) {
	c.all.mu.Lock()
	err := c.deadline()
	c.all.mu.Unlock()
	if err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

// deadline sets how long the next read may take; the caller holds the lock.
func (c *connection) deadline() error {
	now := time.Now()
	until := now.Add(c.all.limits.Idle)
	if until.After(c.until) {
		until = c.until
	}
	if c.all.stopping && !c.busy.Load() {
		until = now
	}
	return c.SetReadDeadline(until)
}

// Close closes the connection and makes room for another one.
func (c *connection) Close() error {
	c.all.remove(c)
	return c.Conn.Close()
}

// A listener turns away connections over the limits.
type listener struct {
	net.Listener
	open *connections
}

// Accept returns the next connection for which there is room.
func (l *listener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if conn := l.open.add(c); conn != nil {
			return conn, nil
		}
		turnAway(c)
	}
}

// turnAway says why and hangs up, whether or not the client listens.
func turnAway(c net.Conn) {
	_ = c.SetWriteDeadline(time.Now().Add(time.Second))
	_, _ = io.WriteString(c, "421 4.3.2 Too many connections; try again later.\r\n")
	c.Close()
}
