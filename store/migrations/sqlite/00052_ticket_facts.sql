-- +goose Up

-- What queries ask most of tickets, so that looking through all of them reads
-- little.
CREATE INDEX ticket_facts ON ticket (id DESC, queue, status, owner, priority, created, due, sharing, reporter, subject_folded) WHERE state > 0;
