/// What a person sees who opens a store with `sqlite3`.
enum Views {
  private static let time = "'%Y-%m-%dT%H:%M:%fZ'"

  static let events = """
    CREATE VIEW events AS SELECT e.position, k.type, k.stream, e.place, k.source, \
    CASE typeof(e.id) WHEN 'blob' THEN lower(substr(hex(e.id), 1, 8) || '-' || \
    substr(hex(e.id), 9, 4) || '-' || substr(hex(e.id), 13, 4) || '-' || \
    substr(hex(e.id), 17, 4) || '-' || substr(hex(e.id), 21)) ELSE e.id END AS id, \
    e.subject, k.aggregate, e.cause, \
    strftime(\(time), e.created_at / 1000.0, 'unixepoch') AS created_at, e.data, e.extra, \
    e.members, e.entry FROM event e JOIN kind k ON k.number = e.kind
    """

  static let streams = """
    CREATE VIEW streams AS SELECT k.stream AS name, count(*) AS events FROM event e \
    JOIN kind k ON k.number = e.kind GROUP BY k.stream, k.tenant
    """

  static let aggregates = """
    CREATE VIEW aggregates AS SELECT k.aggregate AS type, k.tenant, e.subject AS id, \
    count(*) AS events FROM event e JOIN kind k ON k.number = e.kind \
    WHERE k.aggregate IS NOT NULL GROUP BY k.aggregate, k.tenant, e.subject
    """

  private static let kinds = words(
    "j.tag",
    [
      "append", "delivery", "command", "timer armed", "timer cancelled", "timer fired",
      "saga ended", "saga intervention", "imported", "clock", "group", "parked edited",
      "parked dropped", "trimmed", "trouble",
    ])

  private static let deliveryOutcomes = words(
    "j.outcome",
    [
      "handled", "started", "ignored", "duplicate", "offered", "failed", "retrying", "skipped",
      "stopped",
    ])

  private static let commandOutcomes = words(
    "j.outcome", ["done", "reported", "rejected", "failed", "waiting"])

  static let entries = """
    CREATE VIEW entries AS SELECT j.entry, \(kinds) AS kind, \
    strftime(\(time), j.instant / 1000.0, 'unixepoch') AS instant, j.cause, j.position, \
    c.kind AS consumer_kind, c.name AS consumer, s.text AS saga, j.instance, n.text AS name, \
    j.data, CASE WHEN j.tag IN (1, 5) THEN \(deliveryOutcomes) WHEN j.tag = 2 THEN \
    \(commandOutcomes) END AS outcome, j.reason FROM journal j \
    LEFT JOIN consumer c ON c.number = j.consumer LEFT JOIN name s ON s.number = j.saga \
    LEFT JOIN name n ON n.number = j.name
    """

  static let errors = """
    CREATE VIEW errors AS SELECT * FROM entries WHERE kind = 'trouble' \
    OR outcome IN ('failed', 'retrying', 'skipped', 'stopped', 'reported', 'rejected')
    """

  static let all = [events, streams, aggregates, entries, errors]

  private static func words(_ column: String, _ words: [String]) -> String {
    "CASE \(column) "
      + words.enumerated().map { "WHEN \($0) THEN '\($1)'" }.joined(separator: " ") + " END"
  }
}
