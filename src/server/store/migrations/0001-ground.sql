-- People, departments, who may do what, and the log that nothing changes.

CREATE TABLE department (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name       text NOT NULL UNIQUE,
  code       text UNIQUE,
  region     text,
  level      text,
  active     boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE person (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  login         text NOT NULL UNIQUE,
  name          text NOT NULL,
  roles         text[] NOT NULL CHECK (roles <@ ARRAY['administrator', 'reviewer', 'department'] AND cardinality(roles) > 0),
  department_id uuid REFERENCES department,
  password_hash text,
  oidc_subject  text UNIQUE,
  lang          text NOT NULL DEFAULT 'zh' CHECK (lang IN ('zh', 'en')),
  active        boolean NOT NULL DEFAULT true,
  created_at    timestamptz NOT NULL DEFAULT now(),
  CHECK ('department' <> ALL (roles) OR department_id IS NOT NULL)
);

-- One-time links: the first administrator, a new person's password, a forgotten one. Only the digest is kept.
CREATE TABLE invitation (
  digest     text PRIMARY KEY,
  purpose    text NOT NULL CHECK (purpose IN ('first-administrator', 'password')),
  person_id  uuid REFERENCES person,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE session (
  digest      text PRIMARY KEY,
  person_id   uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  csrf        text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  seen_at     timestamptz NOT NULL DEFAULT now(),
  rotated_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL
);
CREATE INDEX session_person ON session (person_id);

-- Failed attempts to log in, by what was typed and by where from.
CREATE TABLE login_attempt (
  key       text NOT NULL,
  failed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX login_attempt_key ON login_attempt (key, failed_at);

CREATE TABLE api_token (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  digest       text NOT NULL UNIQUE,
  name         text NOT NULL,
  person_id    uuid NOT NULL REFERENCES person,
  scopes       text[] NOT NULL CHECK (cardinality(scopes) > 0),
  expires_at   timestamptz NOT NULL,
  revoked_at   timestamptz,
  used_at      timestamptz,
  created_at   timestamptz NOT NULL DEFAULT now()
);

-- Whose submissions a reviewer sees: a department's, or everybody's; of one year, or of all.
CREATE TABLE assignment (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  person_id     uuid NOT NULL REFERENCES person,
  department_id uuid REFERENCES department,
  year          text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  UNIQUE NULLS NOT DISTINCT (person_id, department_id, year)
);

CREATE TABLE audit (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at            timestamptz NOT NULL DEFAULT now(),
  person_id     uuid,
  person_name   text,
  token_id      uuid,
  action        text NOT NULL,
  subject_kind  text NOT NULL,
  subject_id    text NOT NULL,
  department_id uuid,
  before_digest text,
  after_digest  text,
  detail        jsonb NOT NULL DEFAULT '{}',
  -- Each line holds the digest of the one before it, so that a line taken out or changed outside the program shows.
  previous      text NOT NULL,
  digest        text NOT NULL UNIQUE
);
CREATE INDEX audit_subject ON audit (subject_kind, subject_id);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_rows_stay BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_stays BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

-- What was answered to a request with an Idempotency-Key: the same answer again, whichever server is asked.
CREATE TABLE idempotency (
  caller         text NOT NULL,
  key            text NOT NULL,
  request_digest text NOT NULL,
  status         integer,
  body           jsonb,
  created_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, key)
);

CREATE TABLE saved_view (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  person_id  uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  name       text NOT NULL,
  query      jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (person_id, name)
);
