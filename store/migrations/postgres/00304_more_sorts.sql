-- +goose Up

-- Lists that are sorted by these read the beginning of an index; tickets that
-- nobody owns are those of number zero. What stands behind the number says
-- without looking at the ticket whether it is in the list.
CREATE INDEX ticket_by_owner ON ticket (coalesce(owner, 0), id, state, queue, sharing, reporter) WHERE state > 0;
CREATE INDEX ticket_by_starts ON ticket (starts, id, state) WHERE state > 0;
CREATE INDEX ticket_by_told ON ticket (told, id, state) WHERE state > 0;
DROP INDEX ticket_queue;
CREATE INDEX ticket_queue ON ticket (queue, id DESC, state, sharing, reporter) WHERE state > 0;

-- Going down what is not set comes last, so these need all tickets.
DROP INDEX ticket_by_due;
CREATE INDEX ticket_by_due ON ticket (due, id, state) WHERE state > 0;
DROP INDEX ticket_by_resolved;
CREATE INDEX ticket_by_resolved ON ticket (resolved, id, state) WHERE state > 0;
