-- +goose Up

-- What people say of how their tickets were solved, one of each on a ticket.
CREATE TABLE rating (
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    user_id BIGINT NOT NULL REFERENCES desk_user (id),
    mark    SMALLINT NOT NULL,
    note    TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (ticket, user_id)
);
CREATE INDEX rating_user ON rating (user_id);
CREATE INDEX rating_at ON rating (at);
