-- +goose Up

-- When the user of a token was told that it ends; 0: not yet.
ALTER TABLE token ADD COLUMN warned BIGINT NOT NULL DEFAULT 0;

-- Tokens that end are looked for by when.
CREATE INDEX token_by_end ON token (until) WHERE until > 0 AND warned = 0;
