-- +goose Up

-- Queries for a range of these start from it where few tickets are in it, and
-- lists that are sorted by them read the beginning of an index.
CREATE INDEX ticket_by_created ON ticket (created, id) WHERE state > 0;
CREATE INDEX ticket_by_resolved ON ticket (resolved, id) WHERE state > 0 AND resolved > 0;

-- What queries ask most, so that looking through all tickets, or all that are
-- active, reads little. Subjects have an index of their own now.
DROP INDEX ticket_facts;
CREATE INDEX ticket_facts ON ticket (id DESC, queue, status, owner, priority, created, due, sharing, reporter) WHERE state > 0;
DROP INDEX ticket_active;
CREATE INDEX ticket_active ON ticket (id DESC, queue, sharing, reporter, status, owner, priority, created, due) WHERE state = 2;
