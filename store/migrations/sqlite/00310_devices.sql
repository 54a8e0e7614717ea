-- +goose Up

-- Browsers that show messages of the desk while no page of it is open.
CREATE TABLE device (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id  BIGINT NOT NULL REFERENCES desk_user (id),
    name     TEXT NOT NULL,
    endpoint TEXT NOT NULL UNIQUE,
    key      TEXT NOT NULL,
    auth     TEXT NOT NULL,
    created  BIGINT NOT NULL,
    used     BIGINT NOT NULL
);
CREATE INDEX device_user ON device (user_id, id);
