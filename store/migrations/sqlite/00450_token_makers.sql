-- +goose Up

-- The token by which a token was made, and with which it ends; empty: by none.
ALTER TABLE token ADD COLUMN maker TEXT NOT NULL DEFAULT '';
