-- +goose Up

-- Lists that are sorted by these read the beginning of an index.
CREATE INDEX ticket_by_subject ON ticket (subject_folded COLLATE "C", id) WHERE state > 0;
CREATE INDEX ticket_by_status ON ticket (status COLLATE "C", id) WHERE state > 0;
CREATE INDEX ticket_by_worked ON ticket (time_worked, id) WHERE state > 0;
