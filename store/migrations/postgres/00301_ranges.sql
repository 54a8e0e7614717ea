-- +goose Up

-- Queries for a range of these start from it where few tickets are in it, and
-- lists that are sorted by them read the beginning of an index.
CREATE INDEX ticket_by_created ON ticket (created, id) WHERE state > 0;
CREATE INDEX ticket_by_resolved ON ticket (resolved, id) WHERE state > 0 AND resolved > 0;
