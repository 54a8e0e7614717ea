-- +goose Up

-- What a token may do: empty for all that its user may, read for looking only.
ALTER TABLE token ADD COLUMN scope TEXT NOT NULL DEFAULT '';

-- By what somebody came in: password, link, passkey, or the name of a provider.
ALTER TABLE session ADD COLUMN way TEXT NOT NULL DEFAULT '';

-- The program that shows codes (RFC 6238). last_step is the last moment whose
-- code was used, so that no code is used twice.
CREATE TABLE code_app (
    user_id   BIGINT NOT NULL PRIMARY KEY REFERENCES desk_user (id),
    sealed    TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    created   BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    user_id BIGINT NOT NULL REFERENCES desk_user (id),
    digest  TEXT NOT NULL,
    PRIMARY KEY (user_id, digest)
);

CREATE TABLE passkey (
    id         TEXT NOT NULL PRIMARY KEY,
    user_id    BIGINT NOT NULL REFERENCES desk_user (id),
    name       TEXT NOT NULL,
    credential TEXT NOT NULL,
    created    BIGINT NOT NULL,
    last_used  BIGINT NOT NULL
);
CREATE INDEX passkey_by_user ON passkey (user_id);

-- Something of two steps that is half done, such as a sign-in that waits for
-- its second factor. Whoever holds the token can finish it, until then.
CREATE TABLE half_done (
    digest  TEXT NOT NULL PRIMARY KEY,
    kind    TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    data    TEXT NOT NULL,
    until   BIGINT NOT NULL
);
CREATE INDEX half_done_until ON half_done (until);

-- Who of the desk's own users somebody is at a provider of sign-ins.
CREATE TABLE outside_login (
    directory BIGINT NOT NULL REFERENCES directory (id),
    entry     TEXT NOT NULL,
    user_id   BIGINT NOT NULL REFERENCES desk_user (id),
    created   BIGINT NOT NULL,
    PRIMARY KEY (directory, entry)
);
CREATE INDEX outside_login_by_user ON outside_login (user_id);
