package bench

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"gatehouse/desk"
)

// largeLetter is how large the large letter is, in bytes.
const largeLetter = 20 << 20

// measureLargeLetter measures a letter of 20 MB with one file, from its bytes to
// the ticket and the letters that tell of it, in the name of the writer of
// another letter.
func (r *run) measureLargeLetter(ctx context.Context, like letter) error {
	large := letter{like.env, largeOf(like.env, r.random.Uint64())}
	debug.FreeOSMemory()
	stop, peak := make(chan struct{}), make(chan uint64)
	before := held()
	go func() { peak <- watchMemory(stop) }()
	begin := time.Now()
	err := r.deliver(ctx, []letter{large})
	took := time.Since(begin)
	close(stop)
	most := <-peak
	r.report.LargeLetterMS = millis(took)
	r.report.LargeLetterMB = round(float64(most-min(before, most)) / (1 << 20))
	return err
}

// largeOf writes a letter with a file that cannot be made smaller.
func largeOf(env desk.Envelope, number uint64) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Message-ID: <%x@customers.example>\r\nDate: Mon, 05 Jan 2026 10:00:00 +0000\r\nFrom: <%s>\r\nTo: <%s>\r\nSubject: A scan %x\r\n"+
		"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n"+
		"--b\r\nContent-Type: application/pdf; name=scan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n", number, env.From, env.Recipient, number)
	line := make([]byte, 57)
	for b.Len() < largeLetter {
		for i := range line {
			number = number*6364136223846793005 + 1442695040888963407 // Knuth's generator
			line[i] = byte(number >> 56)
		}
		b.WriteString(base64.StdEncoding.EncodeToString(line) + "\r\n")
	}
	b.WriteString("--b--\r\n")
	return b.Bytes()
}

// watchMemory returns the most memory that was held until it is to stop.
func watchMemory(stop <-chan struct{}) uint64 {
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	most := held()
	for {
		select {
		case <-stop:
			return max(most, held())
		case <-ticker.C:
			most = max(most, held())
		}
	}
}

// held is the memory that the program holds for what it made, in bytes, what
// was not yet collected included.
func held() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}
