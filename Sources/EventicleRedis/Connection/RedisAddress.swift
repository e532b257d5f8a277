import EventicleCore

/// Where a Redis server is and which of its streams are read: `redis://host:6379/orders,payments`.
package struct RedisAddress: Sendable, Hashable {
  package var host: String
  package var port: Int
  package var user: String?
  package var database: Int
  /// The names of the streams; empty for all that the server has.
  package var streams: [String]

  package init(
    host: String, port: Int = 6379, user: String? = nil, database: Int = 0, streams: [String] = []
  ) {
    self.host = host
    self.port = port
    self.user = user
    self.database = database
    self.streams = streams
  }

  /// Why a text is no address, as a sentence; what it holds is not repeated.
  package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
  }

  /// Reads an address.
  ///
  /// - Throws: ``Problem`` with the way out.
  package init(parsing text: String) throws(Problem) {
    guard !text.hasPrefix("rediss://") else {
      throw Problem(
        "TLS to Redis is not built in yet, so rediss:// cannot be used; reach the server through a "
          + "tunnel on this machine, as with stunnel or ssh -L, and use redis://127.0.0.1:PORT.")
    }
    guard text.hasPrefix("redis://") else {
      throw Problem(
        "An address begins with redis://, as in redis://127.0.0.1:6379/orders,payments.")
    }
    let rest = text.dropFirst("redis://".count)
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    var authority = rest[..<end]
    var tail = rest[end...]
    self.init(host: "")
    if let at = authority.lastIndex(of: "@") {
      let name = authority[..<at]
      guard !name.contains(":") else {
        throw Problem(
          "A password in an address stays in your shell's history; put it in $NAME or the context "
            + "file.")
      }
      user = name.isEmpty ? nil : String(name)
      authority = authority[authority.index(after: at)...]
    }
    try readHost(authority)
    if let mark = tail.firstIndex(of: "?") {
      try readQuery(tail[tail.index(after: mark)...])
      tail = tail[..<mark]
    }
    streams = tail.drop { $0 == "/" }.split(separator: ",").map(String.init)
    if streams == ["*"] { streams = [] }
  }

  private mutating func readHost(_ authority: Substring) throws(Problem) {
    var name = authority
    var digits: Substring?
    if name.first == "[" {
      guard let close = name.firstIndex(of: "]") else {
        throw Problem("An address of IPv6 ends with a bracket, as in redis://[::1]:6379.")
      }
      let after = name[name.index(after: close)...]
      if after.first == ":" { digits = after.dropFirst() }
      name = name[name.index(after: name.startIndex)..<close]
    } else if let colon = name.lastIndex(of: ":") {
      digits = name[name.index(after: colon)...]
      name = name[..<colon]
    }
    guard !name.isEmpty else {
      throw Problem("The address names no host; redis://127.0.0.1:6379 is one on this machine.")
    }
    host = String(name)
    guard let digits else { return }
    guard let number = Int(digits), (1...65_535).contains(number) else {
      throw Problem("The port in an address is a number from 1 to 65535.")
    }
    port = number
  }

  private mutating func readQuery(_ query: Substring) throws(Problem) {
    guard query.hasPrefix("db="), let number = Int(query.dropFirst(3)), number >= 0 else {
      throw Problem("After ? an address takes db=NUMBER alone, as in redis://host/orders?db=2.")
    }
    database = number
  }

  /// The host and port, as people write them.
  package var server: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
