-- +goose Up

-- The keys of the pages as somebody wants them: off, or others than those that
-- ship, in JSON by the name of what they do.
CREATE TABLE own_keys (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES desk_user (id),
    off     SMALLINT NOT NULL,
    keys    TEXT NOT NULL
);
