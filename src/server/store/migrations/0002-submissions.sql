-- What departments hand in, what checking found, and what became of it.

-- Which rule set holds for a fiscal year.
CREATE TABLE rule_set_in_force (
  year       text PRIMARY KEY,
  rule_set   text NOT NULL,
  set_by     uuid NOT NULL REFERENCES person,
  set_at     timestamptz NOT NULL DEFAULT now()
);

-- By when a year's self-evaluation is due: everybody's (department_id null) or one department's own day.
CREATE TABLE deadline (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  year          text NOT NULL,
  department_id uuid REFERENCES department,
  due           date NOT NULL,
  UNIQUE NULLS NOT DISTINCT (year, department_id)
);

-- One hand-in of a department for a year; a resubmission is a row of its own that names the one before.
CREATE TABLE submission (
  id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  department_id    uuid NOT NULL REFERENCES department,
  year             text NOT NULL,
  ordinal          integer NOT NULL,
  previous_id      uuid REFERENCES submission,
  state            text NOT NULL CHECK (state IN ('draft', 'submitted', 'checked', 'under-review', 'returned', 'accepted', 'accepted-with-waivers', 'closed')),
  -- Only the latest of a department and year is current.
  current          boolean NOT NULL DEFAULT true,
  rule_set         text NOT NULL,
  -- The submission as read and, where somebody corrected it in the page, as corrected: JSON as text, since jsonb keeps neither order nor digits.
  content          text,
  -- What is checked is the content and no longer the files.
  corrected        boolean NOT NULL DEFAULT false,
  created_by       uuid NOT NULL REFERENCES person,
  created_at       timestamptz NOT NULL DEFAULT now(),
  submitted_at     timestamptz,
  checked_at       timestamptz,
  decided_at       timestamptz,
  reviewer_id      uuid REFERENCES person,
  -- Why it could not be checked, a code of the reader's or of the service's.
  problem          text,
  problem_values   jsonb NOT NULL DEFAULT '{}',
  verdict          text CHECK (verdict IN ('return', 'undetermined', 'explain', 'accept')),
  claimed_score    numeric,
  recomputed_score numeric,
  claimed_grade    text,
  recomputed_grade text,
  must_fix         integer NOT NULL DEFAULT 0,
  explain          integer NOT NULL DEFAULT 0,
  note             integer NOT NULL DEFAULT 0,
  cannot_tell      integer NOT NULL DEFAULT 0,
  waived           integer NOT NULL DEFAULT 0,
  -- The due day for resubmitting, where it was returned.
  return_due       date,
  opinion          text,
  -- Counts changes: a change that names an older one is refused.
  revision         integer NOT NULL DEFAULT 1,
  UNIQUE (department_id, year, ordinal)
);
CREATE UNIQUE INDEX submission_current ON submission (department_id, year) WHERE current;
CREATE INDEX submission_year ON submission (year, state) WHERE current;

CREATE TABLE submission_file (
  submission_id uuid NOT NULL REFERENCES submission ON DELETE CASCADE,
  ordinal       integer NOT NULL,
  name          text NOT NULL,
  media         text NOT NULL,
  sha256        text NOT NULL,
  bytes         bytea NOT NULL,
  PRIMARY KEY (submission_id, ordinal)
);

-- The report of a submission as it stands, with explanations and decisions so far: written by checking, whole.
CREATE TABLE report (
  submission_id uuid PRIMARY KEY REFERENCES submission ON DELETE CASCADE,
  report        text NOT NULL,
  digest        text NOT NULL,
  written_at    timestamptz NOT NULL DEFAULT now()
);

-- The report's findings, a row each: for lists across submissions and for statistics.
CREATE TABLE finding (
  submission_id uuid NOT NULL REFERENCES submission ON DELETE CASCADE,
  finding_id    text NOT NULL,
  ordinal       integer NOT NULL,
  rule          text NOT NULL,
  category      text NOT NULL,
  severity      text NOT NULL,
  outcome       text NOT NULL,
  points        numeric,
  table_name    text,
  subject       text NOT NULL,
  message       text NOT NULL,
  PRIMARY KEY (submission_id, finding_id, ordinal)
);
CREATE INDEX finding_rule ON finding (rule, outcome);

-- What a department says to a finding. Never changed: a newer one speaks.
CREATE TABLE explanation (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  submission_id uuid NOT NULL REFERENCES submission,
  finding_id    text NOT NULL,
  words         text NOT NULL,
  author_id     uuid NOT NULL REFERENCES person,
  at            timestamptz NOT NULL DEFAULT now(),
  -- Carried over from the hand-in before.
  carried_from  uuid REFERENCES explanation
);
CREATE INDEX explanation_submission ON explanation (submission_id);

-- What a reviewer decides on a finding. Never changed: a newer one speaks.
CREATE TABLE decision (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  submission_id  uuid NOT NULL REFERENCES submission,
  finding_id     text NOT NULL,
  decision       text NOT NULL CHECK (decision IN ('accepted', 'rejected', 'waived', 'overridden')),
  reason         text,
  until          date,
  explanation_id uuid REFERENCES explanation,
  -- The words that were judged, wherever they stood: other words are judged anew.
  words          text,
  author_id      uuid NOT NULL REFERENCES person,
  at             timestamptz NOT NULL DEFAULT now(),
  carried_from   uuid REFERENCES decision
);
CREATE INDEX decision_submission ON decision (submission_id);

CREATE TABLE webhook (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  url        text NOT NULL,
  secret     text NOT NULL,
  events     text[] NOT NULL CHECK (cardinality(events) > 0),
  active     boolean NOT NULL DEFAULT true,
  created_by uuid NOT NULL REFERENCES person,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- What is to be told to whom: written in the same transaction as what happened, so that nothing is told twice or not at all.
CREATE TABLE delivery (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  webhook_id  uuid NOT NULL REFERENCES webhook ON DELETE CASCADE,
  event       text NOT NULL,
  event_id    uuid NOT NULL,
  payload     jsonb NOT NULL,
  state       text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
  attempts    integer NOT NULL DEFAULT 0,
  next_at     timestamptz NOT NULL DEFAULT now(),
  status      integer,
  error       text,
  replay_of   uuid REFERENCES delivery ON DELETE SET NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  ended_at    timestamptz
);
CREATE INDEX delivery_due ON delivery (next_at) WHERE state = 'pending';
