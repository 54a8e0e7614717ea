-- +goose Up

-- Who has a ticket open at the moment, and whether he writes on it.
CREATE TABLE presence (
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    user_id BIGINT NOT NULL REFERENCES desk_user (id),
    writes  SMALLINT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (ticket, user_id)
);
CREATE INDEX presence_user ON presence (user_id);
