-- +goose Up

-- Lists that are sorted by these read the beginning of an index.
CREATE INDEX ticket_by_updated ON ticket (updated, id) WHERE state > 0;
CREATE INDEX ticket_by_priority ON ticket (priority, id) WHERE state > 0;
CREATE INDEX ticket_by_due ON ticket (due, id) WHERE state > 0 AND due > 0;
