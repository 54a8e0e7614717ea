-- +goose Up

-- Lists that are sorted by the last change read the beginning of this, for who
-- may not read comments.
CREATE INDEX ticket_by_heard ON ticket (heard, id, state) WHERE state > 0;
