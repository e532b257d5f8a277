/// What an engine needs in a database besides eventiclejs' own table: a schema `eventicle`, and
/// indexes on the table.
///
/// Every statement may be run again.
package struct DatastoreSchema: Sendable, Hashable {
  /// The properties by which events find the instances of a saga.
  package struct Matching: Sendable, Hashable {
    /// The saga's name.
    package let saga: String
    /// The names of the properties.
    package let properties: [String]

    /// The properties of a saga.
    package init(saga: String, properties: [String]) {
      self.saga = saga
      self.properties = properties
    }
  }

  /// The table of eventiclejs.
  package let table: DatastoreTable
  /// What events find instances by; each property gets an index.
  package let matching: [Matching]

  /// The version of the schema.
  package static let version = 1

  /// A schema beside a table.
  package init(_ table: DatastoreTable, matching: [Matching] = []) {
    self.table = table
    self.matching = matching
  }

  /// The statements, in the order in which they are run, as one transaction.
  package var sql: String {
    ([DatastoreSchema.beginning] + [own] + indexes + [unique, "COMMIT;"])
      .joined(separator: "\n\n") + "\n"
  }

  private static let beginning = """
    -- What eventicle needs for running a domain as a service. It may be run again.
    -- While the indexes on the table are made, whoever writes to it waits.
    BEGIN;
    """

  private var own: String {
    """
    CREATE SCHEMA IF NOT EXISTS eventicle;

    CREATE TABLE IF NOT EXISTS eventicle.version (n integer NOT NULL);
    INSERT INTO eventicle.version (n)
      SELECT \(DatastoreSchema.version) WHERE NOT EXISTS (SELECT 1 FROM eventicle.version);

    -- Who does what only one may do, and until when.
    CREATE TABLE IF NOT EXISTS eventicle.lease (
      name text PRIMARY KEY,
      owner text NOT NULL,
      token bigint NOT NULL,
      until timestamptz NOT NULL
    );

    -- How far each group has come in each part of a stream.
    CREATE TABLE IF NOT EXISTS eventicle.place (
      grp text NOT NULL,
      stream text NOT NULL,
      part integer NOT NULL,
      place text NOT NULL,
      token bigint NOT NULL DEFAULT 0,
      PRIMARY KEY (grp, stream, part)
    );

    -- The events that a group has handled; rows older than seven days are removed.
    CREATE TABLE IF NOT EXISTS eventicle.seen (
      grp text NOT NULL,
      event_id text NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp(),
      PRIMARY KEY (grp, event_id)
    );
    CREATE INDEX IF NOT EXISTS seen_at ON eventicle.seen (at);

    -- Events that are committed and not published yet.
    CREATE TABLE IF NOT EXISTS eventicle.outbox (
      seq bigserial PRIMARY KEY,
      stream text NOT NULL,
      key text NOT NULL,
      ts bigint NOT NULL,
      headers jsonb NOT NULL,
      body bytea NOT NULL
    );

    -- Deliveries that failed and wait.
    CREATE TABLE IF NOT EXISTS eventicle.parked (
      seq bigserial PRIMARY KEY,
      grp text NOT NULL,
      stream text NOT NULL,
      part integer NOT NULL,
      place text NOT NULL,
      key text NOT NULL,
      headers jsonb NOT NULL,
      body bytea NOT NULL,
      reason text NOT NULL,
      attempts integer NOT NULL DEFAULT 0,
      due timestamptz
    );
    CREATE INDEX IF NOT EXISTS parked_key ON eventicle.parked (grp, key, seq);
    CREATE INDEX IF NOT EXISTS parked_due ON eventicle.parked (due);

    -- Records of views, whose ids are texts.
    CREATE TABLE IF NOT EXISTS eventicle.record (
      workspace text NOT NULL,
      type text NOT NULL,
      id text NOT NULL,
      version bigint NOT NULL,
      sequence bigserial NOT NULL,
      content jsonb NOT NULL,
      PRIMARY KEY (workspace, type, id)
    );
    """
  }

  /// An index for each property by which events find the instances of a saga.
  private var indexes: [String] {
    matching.flatMap { matching in
      matching.properties.map { property in
        """
        -- Events find instances of \(DatastoreSchema.comment(matching.saga)) by \
        \(DatastoreSchema.comment(property)).
        CREATE INDEX IF NOT EXISTS \(DatastoreTable.quoted(name(matching.saga, property)))
          ON \(table.quoted) ((content->>\(DatastoreTable.literal(property))))
          WHERE type = 'saga-instance' AND content->>'saga' = \(DatastoreTable.literal(matching.saga));
        """
      }
    }
  }

  /// A name of at most 63 bytes, the most that PostgreSQL keeps.
  private func name(_ saga: String, _ property: String) -> String {
    let number = [saga, property].joined(separator: "\u{1F}").utf8.reduce(
      14_695_981_039_346_656_037
    ) {
      ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
    let plain = "eventicle_\(saga)_\(property)".lowercased().unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        ? Character(scalar) : "_"
    }
    return String(plain.prefix(40)) + "_" + String(number, radix: 36)
  }

  /// A text that cannot end a comment's line.
  private static func comment(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          $0.value < 0x20 || $0.value == 0x85 || (0x2028...0x2029).contains($0.value) ? "?" : $0
        }))
  }

  /// Keeps an aggregate from having two rows, unless one has them already.
  private var unique: String {
    """
    -- An aggregate has one row. Where one has several already, nothing is done about it here:
    -- eventicle backend check tells which they are.
    DO $eventicle$
    DECLARE
      tenant text := '';
      several bigint;
    BEGIN
      IF EXISTS (SELECT 1 FROM pg_catalog.pg_attribute
                 WHERE attrelid = to_regclass(\(DatastoreTable.literal(table.quoted)))
                   AND attname = 'workspace_id' AND NOT attisdropped) THEN
        tenant := 'workspace_id, ';
      END IF;
      EXECUTE 'SELECT count(*) FROM (SELECT 1 FROM ' || \(DatastoreTable.literal(table.quoted))
        || ' WHERE type LIKE ''aggregate-events-%'' AND content->>''domainId'' IS NOT NULL'
        || ' GROUP BY ' || tenant || 'type, content->>''domainId'' HAVING count(*) > 1) AS found'
        INTO several;
      IF several > 0 THEN
        RAISE NOTICE '% aggregates have several rows, so that nothing keeps others from it', several;
      ELSE
        EXECUTE 'CREATE UNIQUE INDEX IF NOT EXISTS eventicle_one_row ON '
          || \(DatastoreTable.literal(table.quoted)) || ' (' || tenant
          || 'type, (content->>''domainId'')) WHERE type LIKE ''aggregate-events-%''';
      END IF;
    END
    $eventicle$;
    """
  }
}
