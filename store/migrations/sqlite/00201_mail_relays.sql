-- +goose Up

-- Mail servers that take the desk's letters, in their order, and what each said
-- last. Secrets in relay are sealed.
CREATE TABLE mail_relay (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    name   TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    place  INTEGER NOT NULL,
    relay  TEXT NOT NULL,
    said   TEXT NOT NULL,
    at     BIGINT NOT NULL
);
