-- Who may use the admin API, and what they did with it. Times are milliseconds since 1970 in UTC.

-- Of a token only the SHA-256 of its text is known, as 64 hexadecimal digits.
CREATE TABLE token (
    id           TEXT   NOT NULL PRIMARY KEY,
    name         TEXT   NOT NULL,
    scope        TEXT   NOT NULL,
    owner        TEXT,
    hash         TEXT   NOT NULL UNIQUE,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT,
    expires_at   BIGINT
);

-- Outlives the tokens that it names.
CREATE TABLE audit (
    id      TEXT    NOT NULL PRIMARY KEY,
    at      BIGINT  NOT NULL,
    token   TEXT,
    method  TEXT    NOT NULL,
    path    TEXT    NOT NULL,
    status  INTEGER NOT NULL,
    address TEXT    NOT NULL
);
CREATE INDEX audit_by_time ON audit (at);
