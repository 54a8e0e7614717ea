-- +goose Up

-- The form by which customers open tickets in a queue; customer 0: of everybody.
-- The numbers of fields stand one after another, with blanks between.
CREATE TABLE ticket_form (
    queue    BIGINT NOT NULL REFERENCES queue (id),
    customer BIGINT NOT NULL,
    intro    TEXT NOT NULL,
    closed   INTEGER NOT NULL,
    required TEXT NOT NULL,
    hidden   TEXT NOT NULL,
    PRIMARY KEY (queue, customer)
);
