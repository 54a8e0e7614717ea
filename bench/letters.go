package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"gatehouse/access"
	"gatehouse/desk"
	"gatehouse/mail/in"
	"gatehouse/notify"
	"gatehouse/service"
	"gatehouse/store"
)

const (
	spoolers    = 8 // letters that mail servers hand over at once
	processors  = 2 // at work on each stage
	letterCount = 400
	letterAlone = 20
)

// A letter is one that somebody sends to the desk.
type letter struct {
	env desk.Envelope
	raw []byte
}

// measureLetters measures letters on their way from the spool to a ticket and
// to the letters in the outbox that tell of it, everything stored durably: many
// at once, and one alone.
func (r *run) measureLetters(ctx context.Context) error {
	letters, err := r.letters(min(letterCount, r.tickets.Len()/10) + letterAlone)
	if err != nil {
		return err
	}
	alone, many := letters[:letterAlone], letters[letterAlone:]
	var took times
	for _, l := range alone {
		begin := time.Now()
		if err := r.deliver(ctx, []letter{l}); err != nil {
			return err
		}
		took = append(took, time.Since(begin))
	}
	r.report.LetterMS = millis(took.median())
	if err := r.measureLargeLetter(ctx, letters[0]); err != nil {
		return err
	}
	before, err := r.post(ctx)
	if err != nil {
		return err
	}
	begin := time.Now()
	if err := r.deliver(ctx, many); err != nil {
		return err
	}
	r.report.LettersPerS = round(float64(len(many)) / time.Since(begin).Seconds())
	after, err := r.post(ctx)
	if err != nil {
		return err
	}
	r.report.LettersOut = round(float64(after.OutWaiting-before.OutWaiting) / float64(len(many)))
	return r.checkLetters(ctx, after)
}

func (r *run) post(ctx context.Context) (counts store.Counts, err error) {
	err = r.store.View(ctx, func(tx *store.Tx) error {
		counts, err = tx.PostCounts(ctx)
		return err
	})
	return counts, err
}

// checkLetters makes sure that all letters were received.
func (r *run) checkLetters(ctx context.Context, counts store.Counts) error {
	return r.store.View(ctx, func(tx *store.Tx) error {
		refused, _, err := tx.SpooledList(ctx, store.SpoolFilter{State: desk.SpoolRefused, Limit: 1})
		if err == nil && len(refused) > 0 {
			return desk.Errorf(desk.Internal, "The desk refused a letter: %s", refused[0].Reason)
		}
		if err == nil && counts.SpoolWaiting+counts.SpoolParked+counts.Jobs+counts.JobsParked > 0 {
			return desk.Errorf(desk.Internal, "Not all letters and jobs were worked off: %+v", counts)
		}
		return err
	})
}

// letters makes letters from contacts to the queues of public support; one in
// three answers a ticket of the writer's.
func (r *run) letters(n int) ([]letter, error) {
	users := map[desk.UserID]string{}
	for i, u := range r.world.Users {
		user := r.tickets.counts.user(i, u)
		users[u.ID] = user.Address()
	}
	var list []letter
	for tries := 0; len(list) < n; tries++ {
		if tries > 1000*n {
			return nil, desk.Errorf(desk.Internal, "Hardly anybody in this world may write to the desk.")
		}
		t := r.tickets.full(r.random.IntN(r.tickets.Len()))
		right, object, subject := desk.CreateTicket, access.Queue(t.Queue), sentence(r.random, 5)
		if len(list)%3 == 2 {
			right, object, subject = desk.ReplyToTicket, access.Ticket(t.Facts()), "Re: "+desk.TagSubject(t.Subject, deskName, t.ID)
		}
		if r.engine.Can(t.Reporter, right, object) {
			list = append(list, r.write(users[t.Reporter], t.Queue, subject))
		}
	}
	return list, nil
}

func (r *run) write(from string, queue desk.QueueID, subject string) letter {
	to := queueAddress(queue)
	raw := fmt.Sprintf("Message-ID: <%x@customers.example>\r\nDate: Mon, 05 Jan 2026 10:00:00 +0000\r\nFrom: Somebody <%s>\r\nTo: <%s>\r\nSubject: %s\r\n"+
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\n%s.\r\n\r\nRegards\r\n",
		r.random.Uint64(), from, to, subject, sentence(r.random, 150))
	return letter{desk.Envelope{From: from, Recipient: to, RemoteAddr: "127.0.0.1", Via: "lmtp"}, []byte(raw)}
}

// deliver brings letters in and through, as mail servers and the jobs do: they
// are spooled, received and told of in stages that work at the same time.
func (r *run) deliver(ctx context.Context, letters []letter) error {
	var failures failures
	spooled, received := make(chan struct{}, len(letters)), make(chan struct{}, len(letters))
	var next atomic.Int64
	processor := &in.Processor{Service: r.service, Log: slog.New(slog.DiscardHandler)}
	tell := notify.Handler(r.service)
	atOnce(min(spoolers, len(letters)), func() {
		for i := next.Add(1); int(i) <= len(letters); i = next.Add(1) {
			_, err := r.service.SpoolMail(ctx, desk.System(desk.ViaMail), letters[i-1].env, letters[i-1].raw)
			failures.add(err)
			spooled <- struct{}{}
		}
	}, func() { close(spooled) })
	atOnce(min(processors, len(letters)), func() {
		failures.add(work(spooled, received, func() (bool, error) { return processor.Step(ctx) }))
	}, func() { close(received) })
	done := make(chan struct{})
	atOnce(min(processors, len(letters)), func() {
		failures.add(work(received, nil, func() (bool, error) { return r.tell(ctx, tell) }))
	}, func() { close(done) })
	<-done
	return failures.all()
}

// atOnce runs so many of do at once, and then the end, without waiting.
func atOnce(n int, do, then func()) {
	var workers sync.WaitGroup
	for range n {
		workers.Go(do)
	}
	go func() {
		workers.Wait()
		then()
	}()
}

// work does one step for each sign that comes in, passes the sign on, and in
// the end does what is left.
func work(in <-chan struct{}, out chan<- struct{}, step func() (bool, error)) error {
	var failed error
	for range in {
		_, err := step()
		failed = errors.Join(failed, err)
		if out != nil {
			out <- struct{}{}
		}
	}
	for worked := true; worked && failed == nil; {
		worked, failed = step()
	}
	return failed
}

// tell does one job of telling people of an event, if there is one.
func (r *run) tell(ctx context.Context, do func(context.Context, desk.Job) error) (bool, error) {
	job, err := r.service.ClaimJob(ctx, desk.System(desk.ViaJob), service.JobNotify)
	if err != nil || job == nil {
		return false, err
	}
	return true, do(ctx, *job)
}

// failures are the errors of workers.
type failures struct {
	mu   sync.Mutex
	errs []error
}

func (f *failures) add(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.errs = append(f.errs, err)
}

func (f *failures) all() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return errors.Join(f.errs...)
}
