-- +goose Up

-- What somebody has begun to write on a ticket, one of each kind.
CREATE TABLE draft (
    user_id BIGINT NOT NULL REFERENCES desk_user (id),
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    kind    SMALLINT NOT NULL,
    text    TEXT NOT NULL,
    also    TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (user_id, ticket, kind)
);
