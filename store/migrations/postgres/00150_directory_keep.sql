-- +goose Up
-- For how long (in nanoseconds) somebody whom the directory has lost stays.
ALTER TABLE directory ADD COLUMN keep BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE directory DROP COLUMN keep;
