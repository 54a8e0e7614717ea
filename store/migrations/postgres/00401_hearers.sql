-- +goose Up

-- Lists that are sorted by who changed a ticket last, for those who may not read
-- its comments.
CREATE INDEX ticket_by_hearer ON ticket (coalesce(heard_by, 0), id, state) WHERE state > 0;
