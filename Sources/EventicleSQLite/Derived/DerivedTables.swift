/// The tables that are made from steps, for finding things: rows are only ever added.
///
/// They reach up to the newest row of `mark`; what lies after it is made when it is asked for, or
/// when enough has gathered. They can be dropped and made again. Somebody who may only read makes
/// what is missing in temporary tables, and views with the same names join both.
enum DerivedTables {
  /// Rises when tables of an earlier program are to be made again.
  static let version = 1

  /// One table: its name, what is between the parentheses, what follows them, and its indexes.
  struct Table: Hashable {
    let name: String
    let columns: String
    var ending = "STRICT, WITHOUT ROWID"
    var indexes: [String] = []
    /// The number of columns.
    let count: Int

    /// How it is made in the file.
    var texts: [String] {
      ["CREATE TABLE \(name)(\(columns)) \(ending)"]
        + indexes.map { "CREATE INDEX \(name)_\($0.filter { $0.isLetter }) ON \(name)(\($0))" }
    }

    /// How its part that is not in the file is made.
    ///
    /// - Parameter alone: Whether what is in the file is not to be used.
    func temporaryTexts(alone: Bool) -> [String] {
      ["CREATE TEMP TABLE new_\(name)(\(columns)) \(ending)"]
        + indexes.map {
          "CREATE INDEX temp.new_\(name)_\($0.filter { $0.isLetter }) ON new_\(name)(\($0))"
        } + [
          "CREATE TEMP VIEW \(name) AS "
            + (alone ? "" : "SELECT * FROM main.\(name) UNION ALL ")
            + "SELECT * FROM temp.new_\(name)"
        ]
    }
  }

  /// How far the others reach: entries, events, kept events.
  static let mark = Table(
    name: "mark",
    columns: """
      entry INTEGER PRIMARY KEY, events INTEGER NOT NULL, kept INTEGER NOT NULL, \
      version INTEGER NOT NULL
      """, ending: "STRICT", count: 4)

  /// Positions by the first eight bytes of a UUID, or a hash of another id.
  static let eventID = Table(
    name: "event_id",
    columns: "word INTEGER, position INTEGER, PRIMARY KEY(word, position)", count: 2)

  /// Positions by stream, which is named by the number of the first kind that has it, and place.
  static let streamEvent = Table(
    name: "stream_event",
    columns: """
      stream INTEGER, place INTEGER, position INTEGER NOT NULL, PRIMARY KEY(stream, place)
      """, count: 3)

  /// Aggregates by type, as histories store it, and by their order in it.
  static let aggregate = Table(
    name: "aggregate",
    columns: """
      number INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, \
      first INTEGER NOT NULL
      """, ending: "STRICT", indexes: ["type, id", "type, place"], count: 5)

  /// An aggregate's events: positions, and negated numbers of kept events.
  static let history = Table(
    name: "history",
    columns: """
      aggregate INTEGER, version INTEGER, event INTEGER NOT NULL, PRIMARY KEY(aggregate, version)
      """, count: 3)

  static let eventEffect = Table(
    name: "event_effect",
    columns: "cause INTEGER, position INTEGER, PRIMARY KEY(cause, position)", count: 2)

  /// Entries of later steps, by what caused them.
  static let entryEffect = Table(
    name: "entry_effect", columns: "cause INTEGER, entry INTEGER, PRIMARY KEY(cause, entry)",
    count: 2)

  static let delivery = Table(
    name: "delivery", columns: "position INTEGER, entry INTEGER, PRIMARY KEY(position, entry)",
    count: 2)

  /// Entries that report a failure, numbered from 0.
  static let problem = Table(
    name: "problem", columns: "number INTEGER PRIMARY KEY, entry INTEGER NOT NULL",
    ending: "STRICT", indexes: ["entry"], count: 2)

  /// Saga instances, and whoever else has timers, by name.
  static let owner = Table(
    name: "owner",
    columns: "number INTEGER PRIMARY KEY, saga TEXT NOT NULL, instance TEXT NOT NULL",
    ending: "STRICT", indexes: ["saga, instance"], count: 3)

  /// The entries of an owner, with how many steps, and failed ones, it had by then.
  static let ownerEntry = Table(
    name: "owner_entry",
    columns: """
      owner INTEGER, entry INTEGER, steps INTEGER NOT NULL, failed INTEGER NOT NULL, \
      PRIMARY KEY(owner, entry)
      """, indexes: ["owner, steps"], count: 4)

  // MARK: State

  /// Records by number, which is for ever, and by what they are called.
  static let record = Table(
    name: "record",
    columns: """
      number INTEGER PRIMARY KEY, workspace TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL, \
      born INTEGER NOT NULL
      """, ending: "STRICT",
    indexes: ["workspace, type, id, number", "workspace, type, number"], count: 5)

  /// Where a record changed: its content is in the changes of the part that begins there.
  static let recordChange = Table(
    name: "record_change",
    columns: "record INTEGER, entry INTEGER, gone INTEGER NOT NULL, PRIMARY KEY(record, entry)",
    count: 3)

  /// Saga instances by number.
  static let instance = Table(
    name: "instance",
    columns: """
      number INTEGER PRIMARY KEY, owner INTEGER NOT NULL, saga TEXT NOT NULL, \
      born INTEGER NOT NULL
      """, ending: "STRICT", indexes: ["owner, number", "saga, number"], count: 4)

  static let instanceChange = Table(
    name: "instance_change",
    columns: """
      instance INTEGER, entry INTEGER, gone INTEGER NOT NULL, PRIMARY KEY(instance, entry)
      """, count: 3)

  /// Instances that ever had a value in a property, by a hash of both; who reads it checks.
  static let instanceMatch = Table(
    name: "instance_match", columns: "word INTEGER, instance INTEGER, PRIMARY KEY(word, instance)",
    count: 2)

  /// Armed timers by number; what was armed is in the changes of the part that begins at `armed`.
  static let timer = Table(
    name: "timer",
    columns: """
      number INTEGER PRIMARY KEY, owner INTEGER NOT NULL, name TEXT NOT NULL, \
      armed INTEGER NOT NULL
      """, ending: "STRICT", indexes: ["owner, name, number"], count: 4)

  static let timerGone = Table(
    name: "timer_gone", columns: "timer INTEGER PRIMARY KEY, entry INTEGER NOT NULL",
    ending: "STRICT", count: 2)

  static let processed = Table(
    name: "processed",
    columns: """
      consumer INTEGER, position INTEGER, entry INTEGER NOT NULL, PRIMARY KEY(consumer, position)
      """, count: 3)

  static let all = [
    mark, eventID, streamEvent, aggregate, history, eventEffect, entryEffect, delivery, problem,
    owner, ownerEntry, record, recordChange, instance, instanceChange, instanceMatch, timer,
    timerGone, processed,
  ]
}
