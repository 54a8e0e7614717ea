-- +goose Up

-- What access depends on, row by row, as it was and as it became: with each
-- line of the audit log the rows that it is about. They are noted by triggers,
-- so that no statement can forget them, and chained with their line; a row
-- belongs to no line only until its transaction has written one.
CREATE TABLE access_fact (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    line       BIGINT,
    kind       TEXT NOT NULL,
    before_row TEXT,
    after_row  TEXT
);
CREATE INDEX access_fact_line ON access_fact (line, id);

-- The first line of the transaction that wrote the line, which names the change
-- as a whole; zero in lines that are older than this.
ALTER TABLE audit ADD COLUMN change BIGINT NOT NULL DEFAULT 0;
CREATE INDEX audit_change ON audit (change, id);
CREATE INDEX audit_at ON audit (at, id);

-- +goose StatementBegin
CREATE TRIGGER desk_user_insert_fact AFTER INSERT ON desk_user
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('user',
        NULL,
        json_object('id', NEW.id, 'kind', NEW.kind, 'disabled', NEW.disabled));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER desk_user_update_fact AFTER UPDATE ON desk_user
WHEN (OLD.id IS NOT NEW.id OR OLD.kind IS NOT NEW.kind OR OLD.disabled IS NOT NEW.disabled)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('user',
        json_object('id', OLD.id, 'kind', OLD.kind, 'disabled', OLD.disabled),
        json_object('id', NEW.id, 'kind', NEW.kind, 'disabled', NEW.disabled));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER desk_group_insert_fact AFTER INSERT ON desk_group
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('group',
        NULL,
        json_object('id', NEW.id, 'disabled', NEW.disabled, 'personal', NEW.personal));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER desk_group_update_fact AFTER UPDATE ON desk_group
WHEN (OLD.id IS NOT NEW.id OR OLD.disabled IS NOT NEW.disabled OR OLD.personal IS NOT NEW.personal)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('group',
        json_object('id', OLD.id, 'disabled', OLD.disabled, 'personal', OLD.personal),
        json_object('id', NEW.id, 'disabled', NEW.disabled, 'personal', NEW.personal));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER customer_insert_fact AFTER INSERT ON customer
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('customer',
        NULL,
        json_object('id', NEW.id, 'disabled', NEW.disabled));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER customer_update_fact AFTER UPDATE ON customer
WHEN (OLD.id IS NOT NEW.id OR OLD.disabled IS NOT NEW.disabled)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('customer',
        json_object('id', OLD.id, 'disabled', OLD.disabled),
        json_object('id', NEW.id, 'disabled', NEW.disabled));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER membership_insert_fact AFTER INSERT ON membership
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('membership',
        NULL,
        json_object('group_id', NEW.group_id, 'member', NEW.member, 'part', NEW.part, 'is_primary', NEW.is_primary, 'source', NEW.source, 'from_day', NEW.from_day, 'until_day', NEW.until_day));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER membership_update_fact AFTER UPDATE ON membership
WHEN (OLD.group_id IS NOT NEW.group_id OR OLD.member IS NOT NEW.member OR OLD.part IS NOT NEW.part OR OLD.is_primary IS NOT NEW.is_primary OR OLD.source IS NOT NEW.source OR OLD.from_day IS NOT NEW.from_day OR OLD.until_day IS NOT NEW.until_day)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('membership',
        json_object('group_id', OLD.group_id, 'member', OLD.member, 'part', OLD.part, 'is_primary', OLD.is_primary, 'source', OLD.source, 'from_day', OLD.from_day, 'until_day', OLD.until_day),
        json_object('group_id', NEW.group_id, 'member', NEW.member, 'part', NEW.part, 'is_primary', NEW.is_primary, 'source', NEW.source, 'from_day', NEW.from_day, 'until_day', NEW.until_day));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER membership_delete_fact AFTER DELETE ON membership
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('membership',
        json_object('group_id', OLD.group_id, 'member', OLD.member, 'part', OLD.part, 'is_primary', OLD.is_primary, 'source', OLD.source, 'from_day', OLD.from_day, 'until_day', OLD.until_day),
        NULL);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER queue_insert_fact AFTER INSERT ON queue
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('queue',
        NULL,
        json_object('id', NEW.id, 'access_group', NEW.access_group, 'disabled', NEW.disabled));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER queue_update_fact AFTER UPDATE ON queue
WHEN (OLD.id IS NOT NEW.id OR OLD.access_group IS NOT NEW.access_group OR OLD.disabled IS NOT NEW.disabled)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('queue',
        json_object('id', OLD.id, 'access_group', OLD.access_group, 'disabled', OLD.disabled),
        json_object('id', NEW.id, 'access_group', NEW.access_group, 'disabled', NEW.disabled));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER role_insert_fact AFTER INSERT ON role
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('role',
        NULL,
        json_object('id', NEW.id, 'disabled', NEW.disabled, 'everywhere', NEW.everywhere));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER role_update_fact AFTER UPDATE ON role
WHEN (OLD.id IS NOT NEW.id OR OLD.disabled IS NOT NEW.disabled OR OLD.everywhere IS NOT NEW.everywhere)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('role',
        json_object('id', OLD.id, 'disabled', OLD.disabled, 'everywhere', OLD.everywhere),
        json_object('id', NEW.id, 'disabled', NEW.disabled, 'everywhere', NEW.everywhere));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER role_queue_insert_fact AFTER INSERT ON role_queue
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('role_queue',
        NULL,
        json_object('role', NEW.role, 'queue', NEW.queue));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER role_queue_delete_fact AFTER DELETE ON role_queue
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('role_queue',
        json_object('role', OLD.role, 'queue', OLD.queue),
        NULL);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER queue_watcher_insert_fact AFTER INSERT ON queue_watcher
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('watcher',
        NULL,
        json_object('queue', NEW.queue, 'role', NEW.role, 'who', NEW.who));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER queue_watcher_delete_fact AFTER DELETE ON queue_watcher
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('watcher',
        json_object('queue', OLD.queue, 'role', OLD.role, 'who', OLD.who),
        NULL);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER permission_insert_fact AFTER INSERT ON permission
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('permission',
        NULL,
        json_object('id', NEW.id, 'agents', NEW.agents, 'contacts', NEW.contacts, 'disabled', NEW.disabled));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER permission_update_fact AFTER UPDATE ON permission
WHEN (OLD.id IS NOT NEW.id OR OLD.agents IS NOT NEW.agents OR OLD.contacts IS NOT NEW.contacts OR OLD.disabled IS NOT NEW.disabled)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('permission',
        json_object('id', OLD.id, 'agents', OLD.agents, 'contacts', OLD.contacts, 'disabled', OLD.disabled),
        json_object('id', NEW.id, 'agents', NEW.agents, 'contacts', NEW.contacts, 'disabled', NEW.disabled));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER permission_delete_fact AFTER DELETE ON permission
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('permission',
        json_object('id', OLD.id, 'agents', OLD.agents, 'contacts', OLD.contacts, 'disabled', OLD.disabled),
        NULL);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER desk_grant_insert_fact AFTER INSERT ON desk_grant
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('grant',
        NULL,
        json_object('id', NEW.id, 'who', NEW.who, 'as_roles', NEW.as_roles, 'right_name', NEW.right_name, 'permission', NEW.permission, 'place_kind', NEW.place_kind, 'place_id', NEW.place_id, 'until_day', NEW.until_day, 'source', NEW.source, 'delegator', NEW.delegator));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER desk_grant_update_fact AFTER UPDATE ON desk_grant
WHEN (OLD.id IS NOT NEW.id OR OLD.who IS NOT NEW.who OR OLD.as_roles IS NOT NEW.as_roles OR OLD.right_name IS NOT NEW.right_name OR OLD.permission IS NOT NEW.permission OR OLD.place_kind IS NOT NEW.place_kind OR OLD.place_id IS NOT NEW.place_id OR OLD.until_day IS NOT NEW.until_day OR OLD.source IS NOT NEW.source OR OLD.delegator IS NOT NEW.delegator)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('grant',
        json_object('id', OLD.id, 'who', OLD.who, 'as_roles', OLD.as_roles, 'right_name', OLD.right_name, 'permission', OLD.permission, 'place_kind', OLD.place_kind, 'place_id', OLD.place_id, 'until_day', OLD.until_day, 'source', OLD.source, 'delegator', OLD.delegator),
        json_object('id', NEW.id, 'who', NEW.who, 'as_roles', NEW.as_roles, 'right_name', NEW.right_name, 'permission', NEW.permission, 'place_kind', NEW.place_kind, 'place_id', NEW.place_id, 'until_day', NEW.until_day, 'source', NEW.source, 'delegator', NEW.delegator));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER desk_grant_delete_fact AFTER DELETE ON desk_grant
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('grant',
        json_object('id', OLD.id, 'who', OLD.who, 'as_roles', OLD.as_roles, 'right_name', OLD.right_name, 'permission', OLD.permission, 'place_kind', OLD.place_kind, 'place_id', OLD.place_id, 'until_day', OLD.until_day, 'source', OLD.source, 'delegator', OLD.delegator),
        NULL);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER setting_insert_fact AFTER INSERT ON setting
WHEN NEW.name LIKE 'access.%'
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('setting',
        NULL,
        json_object('name', NEW.name, 'value', NEW.value));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER setting_update_fact AFTER UPDATE ON setting
WHEN NEW.name LIKE 'access.%' AND (OLD.name IS NOT NEW.name OR OLD.value IS NOT NEW.value)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('setting',
        json_object('name', OLD.name, 'value', OLD.value),
        json_object('name', NEW.name, 'value', NEW.value));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER setting_delete_fact AFTER DELETE ON setting
WHEN OLD.name LIKE 'access.%'
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('setting',
        json_object('name', OLD.name, 'value', OLD.value),
        NULL);
END;
-- +goose StatementEnd
