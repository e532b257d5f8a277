/// Where a database is: `postgres://USER@HOST:PORT/DATABASE`.
package struct PostgresAddress: Sendable, Hashable, CustomStringConvertible {
  /// How a connection is encrypted.
  package enum Encryption: String, Sendable, Hashable {
    /// Not at all; for a host that is not this machine it must be written.
    case off = "disable"
    /// Encrypted, whoever the server is.
    case unverified = "require"
    /// Encrypted, and the server's certificate comes from somebody trusted.
    case certified = "verify-ca"
    /// Encrypted, and the server's certificate is for its name.
    case verified = "verify-full"
    /// Encrypted when the server can; only for this machine.
    case local = "prefer"
  }

  /// A name, a number, or the folder of a local socket.
  package let host: String
  /// The port, 5432 unless written.
  package let port: Int
  /// The name of the database.
  package let database: String
  /// The role; that of the environment when not written.
  package let user: String?
  /// How the connection is encrypted.
  package let encryption: Encryption
  /// A file with the certificates that are trusted.
  package let rootCertificates: String?

  /// Why an address with a password is refused.
  package static let passwordSentence =
    "A password in an address stays in your shell's history; put it in $NAME or the context file."

  /// Whether a text begins like such an address.
  package static func isAddress(_ text: String) -> Bool {
    text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
  }

  /// Reads an address.
  ///
  /// - Throws: ``PostgresError`` that says what is wrong; it never repeats a password.
  package init(parsing text: String) throws(PostgresError) {
    func refuse(_ reason: String) -> PostgresError { PostgresError(.address, reason) }
    guard PostgresAddress.isAddress(text), let start = text.firstRange(of: "://")?.upperBound else {
      throw refuse("An address of PostgreSQL is written postgres://USER@HOST:PORT/DATABASE.")
    }
    let parts = text[start...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let query = try PostgresAddress.settings(parts.count > 1 ? parts[1] : "")
    let path = parts[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var place = path[0]
    var user: String?
    if let at = place.lastIndex(of: "@") {
      let name = place[..<at]
      guard !name.contains(":") else { throw refuse(PostgresAddress.passwordSentence) }
      user = try PostgresAddress.plain(name)
      place = place[place.index(after: at)...]
    }
    guard query["password"] == nil else { throw refuse(PostgresAddress.passwordSentence) }
    var (name, portText) = (place, Substring())
    if place.hasPrefix("["), let end = place.firstIndex(of: "]") {
      name = place[place.index(after: place.startIndex)..<end]
      portText = place[place.index(after: end)...]
    } else if let colon = place.lastIndex(of: ":") {
      (name, portText) = (place[..<colon], place[colon...])
    }
    if portText.isEmpty {
      port = 5_432
    } else {
      guard portText.hasPrefix(":"), let number = Int(portText.dropFirst()),
        (1...65_535).contains(number)
      else { throw refuse("The port of an address is a number from 1 to 65535.") }
      port = number
    }
    let written = try PostgresAddress.plain(name)
    // The library would take several hosts, of which each must be looked at for itself.
    guard !(query["host"] ?? written).contains(where: { ",[] ".contains($0) }) else {
      throw refuse("An address of PostgreSQL has one host, a name or a number.")
    }
    host = query["host"] ?? (written.isEmpty ? "localhost" : written)
    database = try PostgresAddress.plain(path.count > 1 ? path[1] : "")
    guard !database.isEmpty else {
      throw refuse("The address needs the name of a database: postgres://\(host):\(port)/DATABASE.")
    }
    self.user = user.flatMap { $0.isEmpty ? nil : $0 } ?? query["user"]
    rootCertificates = query["sslrootcert"]
    let isHere = PostgresAddress.isLocal(host)
    guard let mode = query["sslmode"] else {
      encryption = isHere ? .local : .verified
      return
    }
    guard let chosen = Encryption(rawValue: mode), chosen != .local || isHere else {
      throw refuse(
        "sslmode takes disable, require, verify-ca or verify-full, but it is \"\(mode)\": what falls "
          + "back to no encryption unasked is not taken.")
    }
    encryption = chosen
  }

  /// The settings after the question mark.
  private static func settings(_ text: Substring) throws(PostgresError) -> [String: String] {
    var found: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = try plain(parts[0])
      guard ["host", "password", "sslmode", "sslrootcert", "user"].contains(name) else {
        throw PostgresError(
          .address,
          "An address of PostgreSQL takes host, user, sslmode and sslrootcert after the question "
            + "mark, but not \"\(name)\".")
      }
      found[name] = parts.count > 1 ? try plain(parts[1]) : ""
    }
    return found
  }

  /// A part of an address with its percent signs resolved.
  private static func plain(_ text: Substring) throws(PostgresError) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let number = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
        rest.count >= 2, number != 0
      else {
        throw PostgresError(.address, "After % in an address stand two hexadecimal digits, not 00.")
      }
      bytes.append(number)
      rest = rest.dropFirst(2)
    }
    guard !bytes.contains(0) else {
      throw PostgresError(.address, "An address has no NUL in it.")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a host is this machine, so that nothing passes a network.
  package static func isLocal(_ host: String) -> Bool {
    host.hasPrefix("/") || host == "localhost" || host == "::1"
      || host.hasPrefix("127.") && host.allSatisfy { "0123456789.".contains($0) }
  }

  /// The address as it is written, without what it leaves to others.
  package var description: String {
    let name = host.contains(":") ? "[\(host)]" : host
    let role = user.map { "\($0)@" } ?? ""
    return host.hasPrefix("/")
      ? "postgres://\(role)/\(database)?host=\(host)"
      : "postgres://\(role)\(name):\(port)/\(database)"
  }
}
