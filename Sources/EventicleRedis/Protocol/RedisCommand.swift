package import EventicleCore

/// What is asked of Redis: commands that read, and none that writes.
///
/// This is all that can be sent, so a console that is attached cannot change anything there.
package enum RedisCommand: Sendable, Hashable {
  case authenticate(user: String?, password: String)
  case select(database: Int)
  /// The time of the server.
  case time
  /// The next names of streams.
  case scan(cursor: String, count: Int)
  case stream(String)
  case groups(String)
  case consumers(String, group: String)
  /// Entries from a place on, or up to one where `isBackward`.
  case range(String, from: EventPlace, to: EventPlace, count: Int, isBackward: Bool)
  /// Entries behind a place in each stream; waits for some when there are none.
  case read([(stream: String, after: EventPlace)], count: Int, milliseconds: Int)

  /// The words of the command.
  package var words: [String] {
    switch self {
    case .authenticate(nil, let password): ["AUTH", password]
    case .authenticate(let user?, let password): ["AUTH", user, password]
    case .select(let database): ["SELECT", "\(database)"]
    case .time: ["TIME"]
    case .scan(let cursor, let count):
      ["SCAN", cursor, "COUNT", "\(count)", "TYPE", "stream"]
    case .stream(let name): ["XINFO", "STREAM", name]
    case .groups(let name): ["XINFO", "GROUPS", name]
    case .consumers(let name, let group): ["XINFO", "CONSUMERS", name, group]
    case .range(let name, let from, let to, let count, let isBackward):
      [isBackward ? "XREVRANGE" : "XRANGE", name]
        + (isBackward ? [to.text, from.text] : [from.text, to.text]) + ["COUNT", "\(count)"]
    case .read(let streams, let count, let milliseconds):
      ["XREAD", "COUNT", "\(count)", "BLOCK", "\(milliseconds)", "STREAMS"]
        + streams.map(\.stream) + streams.map(\.after.text)
    }
  }

  /// Its name as a person may be told it; never with what it carries.
  package var name: String {
    let words = words
    return words[0] == "XINFO" ? "XINFO \(words[1])" : words[0]
  }

  /// The bytes that are sent.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    let words = words
    bytes += "*\(words.count)\r\n".utf8
    for word in words {
      bytes += "$\(word.utf8.count)\r\n".utf8
      bytes += word.utf8
      bytes += [0x0D, 0x0A]
    }
    return bytes
  }

  package static func == (left: RedisCommand, right: RedisCommand) -> Bool {
    left.words == right.words
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(words) }
}
