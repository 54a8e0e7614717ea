-- +goose Up

-- Templates of the desk's own letters that somebody wrote in place of those
-- that ship; queue 0 is every queue without one of its own.
CREATE TABLE letter_template (
    name     TEXT NOT NULL,
    queue    BIGINT NOT NULL,
    language TEXT NOT NULL,
    subject  TEXT NOT NULL,
    body     TEXT NOT NULL,
    changed  BIGINT NOT NULL,
    PRIMARY KEY (name, queue, language)
);
