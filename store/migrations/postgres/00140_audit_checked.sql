-- +goose Up

-- When the chain of the audit log was last looked at, what was found, and when
-- it was last whole, up to which line. Times are zero where it never was.
ALTER TABLE audit_head ADD COLUMN checked_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE audit_head ADD COLUMN checked_bad BIGINT NOT NULL DEFAULT 0;
ALTER TABLE audit_head ADD COLUMN right_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE audit_head ADD COLUMN right_line BIGINT NOT NULL DEFAULT 0;
