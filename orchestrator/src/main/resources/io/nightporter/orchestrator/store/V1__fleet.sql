-- For SQLite and PostgreSQL alike: text, whole numbers and upserts are all that is used.
-- Times are milliseconds since 1970 in UTC. Columns called definition, cause, steps, data and last_lines are JSON.

CREATE TABLE node (
    name       TEXT   NOT NULL PRIMARY KEY,
    managed_by TEXT   NOT NULL,
    definition TEXT   NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE server (
    name       TEXT   NOT NULL PRIMARY KEY,
    managed_by TEXT   NOT NULL,
    definition TEXT   NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE server_state (
    server        TEXT    NOT NULL PRIMARY KEY REFERENCES server (name) ON DELETE CASCADE,
    phase         TEXT    NOT NULL,
    since         BIGINT  NOT NULL,
    pinned_by     TEXT,
    stopped_by    TEXT,
    operation     TEXT,
    failed_starts INTEGER NOT NULL,
    failure       TEXT    NOT NULL,
    last_lines    TEXT    NOT NULL
);

-- One instance a server: nothing that goes wrong can make it two.
CREATE TABLE instance (
    id         TEXT NOT NULL PRIMARY KEY,
    server     TEXT NOT NULL UNIQUE REFERENCES server (name) ON DELETE CASCADE,
    node       TEXT NOT NULL,
    name       TEXT NOT NULL,
    handle     TEXT,
    host       TEXT,
    port       INTEGER,
    started_at BIGINT
);

-- What follows is history, and outlives the servers that it is about.
CREATE TABLE operation (
    id         TEXT             NOT NULL PRIMARY KEY,
    kind       TEXT             NOT NULL,
    server     TEXT             NOT NULL,
    cause      TEXT             NOT NULL,
    state      TEXT             NOT NULL,
    steps      TEXT             NOT NULL,
    progress   DOUBLE PRECISION NOT NULL,
    message    TEXT             NOT NULL,
    created_at BIGINT           NOT NULL,
    updated_at BIGINT           NOT NULL
);
CREATE INDEX operation_by_server ON operation (server, id);
CREATE INDEX operation_by_state ON operation (state);

CREATE TABLE event (
    id        TEXT   NOT NULL PRIMARY KEY,
    at        BIGINT NOT NULL,
    kind      TEXT   NOT NULL,
    server    TEXT,
    node      TEXT,
    operation TEXT,
    message   TEXT   NOT NULL,
    data      TEXT   NOT NULL
);
CREATE INDEX event_by_server ON event (server, id);

CREATE TABLE wake (
    id          TEXT    NOT NULL PRIMARY KEY,
    server      TEXT    NOT NULL,
    at          BIGINT  NOT NULL,
    phase_from  TEXT    NOT NULL,
    cause       TEXT    NOT NULL,
    took_millis BIGINT  NOT NULL,
    ready       INTEGER NOT NULL
);
CREATE INDEX wake_by_server ON wake (server, id);
