/// What a system built on eventiclejs keeps in PostgreSQL: rows of one table, as values.
///
/// A row is an id, a type and a JSON object. The type says what the object is: the history of an
/// aggregate, an instance of a saga, a timer, an event of a stream. Whatever a row holds, reading it
/// gives a value: what is not as expected is an ``Oddity`` of the value, and what cannot be read at
/// all says why.
package enum StoredRows {
  /// One row, as the table has it.
  package struct Row: Sendable, Hashable {
    /// The row's id, a UUID in small letters.
    package let id: String
    /// What the content is, such as `aggregate-events-orders`.
    package let type: String
    /// Whose row it is; the system's when the table has no column that says so.
    package let workspace: Workspace
    /// The text of the column `createdat`, which orders rows that one process wrote.
    ///
    /// It is the local time of that process without its zone, so it is never taken for a moment.
    package let writtenAt: String
    /// The content, JSON as PostgreSQL prints it.
    package let content: [UInt8]

    /// A row with everything given.
    package init(
      id: String, type: String, workspace: Workspace = .system, writtenAt: String = "",
      content: [UInt8]
    ) {
      self.id = id
      self.type = type
      self.workspace = workspace
      self.writtenAt = writtenAt
      self.content = content
    }
  }

  /// What the rows of a type hold.
  package enum Kind: Sendable, Hashable {
    /// Histories of aggregates of a type.
    case aggregate(String)
    /// Instances of sagas.
    case saga
    /// Timers that fire once.
    case timeout
    /// Timers that fire by a cron expression.
    case cron
    /// Events of streams, which only the event client on a datastore keeps here.
    case streamEvent
    /// Keys of encrypted events; their content is never read.
    case key
    /// Something else, such as a team's own records.
    case other

    /// The kind of a type.
    package init(_ type: String) {
      switch type {
      case StoredRows.sagaType: self = .saga
      case StoredRows.timeoutType: self = .timeout
      case StoredRows.cronType: self = .cron
      case StoredRows.streamType: self = .streamEvent
      case _ where type.utf8.starts(with: StoredRows.aggregatePrefix.utf8):
        self = .aggregate(
          String(
            decoding: type.utf8.dropFirst(StoredRows.aggregatePrefix.utf8.count), as: UTF8.self))
      case _ where type.hasSuffix("crypto-key"): self = .key
      default: self = .other
      }
    }
  }

  /// What was read from a row.
  package enum Reading: Sendable, Hashable {
    /// The history of an aggregate.
    case aggregate(AggregateRow)
    /// An instance of a saga.
    case saga(SagaRow)
    /// A timer.
    case timer(TimerRow)
    /// An event of a stream.
    case event(StreamRow)
    /// A row that is not for reading here: a key, or of a type that means nothing here.
    case passed
    /// The content is not what its type promises, for a reason in words.
    case unreadable(String)
  }

  /// The beginning of the types of aggregates' histories.
  package static let aggregatePrefix = "aggregate-events-"
  /// The type of instances of sagas.
  package static let sagaType = "saga-instance"
  /// The type of timers that fire once.
  package static let timeoutType = "lock-manager-timer"
  /// The type of timers that fire by a cron expression.
  package static let cronType = "lock-manager-cron"
  /// The type of events of streams.
  package static let streamType = "event-stream"

  /// Reads a row, whatever it holds; O(bytes).
  package static func read(_ row: Row) -> Reading {
    let kind = Kind(row.type)
    if kind == .key || kind == .other { return .passed }
    let content: JSONBytes
    do throws(JSONError) {
      content = try JSONBytes(checking: row.content)
    } catch {
      return .unreadable("The content must be a JSON object, but is no JSON: \(error).")
    }
    guard let members = content.memberTexts else {
      return .unreadable(
        "The content must be a JSON object, but it is \(content.value.kindName).")
    }
    let object = Members(members)
    do throws(Unreadable) {
      switch kind {
      case .aggregate(let type): return .aggregate(AggregateRow(row, type, object))
      case .saga: return .saga(try SagaRow(row, object))
      case .timeout, .cron: return .timer(try TimerRow(row, object))
      case .streamEvent: return .event(try StreamRow(row, object))
      case .key, .other: return .passed
      }
    } catch {
      return .unreadable(error.reason)
    }
  }

  /// Why a row is not what its type promises.
  struct Unreadable: Error {
    let reason: String
  }

  /// The members of a row's content; each is taken once, and what is left has no meaning here.
  struct Members {
    private(set) var rest: [JSONMemberText]

    init(_ members: [JSONMemberText]) { rest = members }

    /// Takes a member out; of a repeated name the last counts.
    mutating func take(_ name: String) -> JSONBytes? {
      guard let index = rest.lastIndex(where: { isSameText($0.name, name) }) else { return nil }
      let value = rest[index].value
      rest.removeAll { isSameText($0.name, name) }
      return value
    }

    /// Takes a member out that must be a text with at least one character.
    mutating func takeText(_ name: String) throws(Unreadable) -> String {
      let value = take(name)
      guard let text = value?.exactText, !text.isEmpty else {
        let found = value.map { $0.exactText == nil ? $0.value.kindName : "empty" } ?? "not there"
        throw Unreadable(reason: "The member \(name) must be a text, but it is \(found).")
      }
      return text
    }

    /// What is left, as an object.
    var object: JSONObject {
      JSONObject(rest.map { JSONObject.Member(key: $0.name, value: $0.value.value) })
    }
  }
}
