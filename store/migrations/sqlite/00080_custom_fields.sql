-- +goose Up

-- Custom fields, and their values on tickets, users and customers. Rows of
-- fields and of what can be chosen in them are never deleted.
CREATE TABLE custom_field (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    of_what     TEXT NOT NULL,
    name        TEXT NOT NULL,
    folded      TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    kind        TEXT NOT NULL,
    required    SMALLINT NOT NULL,
    pattern     TEXT NOT NULL,
    hint        TEXT NOT NULL,
    lowest      TEXT NOT NULL,
    highest     TEXT NOT NULL,
    max_length  INTEGER NOT NULL,
    defaults    TEXT NOT NULL,
    everywhere  SMALLINT NOT NULL,
    only_kind   SMALLINT NOT NULL,
    place       INTEGER NOT NULL,
    disabled    SMALLINT NOT NULL
);

CREATE TABLE custom_field_queue (
    field BIGINT NOT NULL REFERENCES custom_field (id),
    queue BIGINT NOT NULL REFERENCES queue (id),
    PRIMARY KEY (field, queue)
);

CREATE TABLE custom_choice (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    field    BIGINT NOT NULL REFERENCES custom_field (id),
    name     TEXT NOT NULL,
    place    INTEGER NOT NULL,
    disabled SMALLINT NOT NULL
);
CREATE INDEX custom_choice_field ON custom_choice (field, place, id);

-- object is the number of a ticket, user or customer, as the field is of.
-- number is what values are compared by; short is the beginning of the folded
-- text, which indexes can hold. What was chosen has its number only.
CREATE TABLE custom_value (
    field   BIGINT NOT NULL REFERENCES custom_field (id),
    object  BIGINT NOT NULL,
    place   SMALLINT NOT NULL,
    number  BIGINT NOT NULL,
    short   TEXT NOT NULL,
    folded  TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (field, object, place)
) WITHOUT ROWID;
CREATE INDEX custom_value_number ON custom_value (field, number, object);
CREATE INDEX custom_value_short ON custom_value (field, short, object);
