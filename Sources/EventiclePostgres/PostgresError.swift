/// What went wrong between the program and PostgreSQL, in words.
package struct PostgresError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble it is.
  package enum Kind: Sendable, Hashable {
    /// The client library is not here.
    case library
    /// The address is wrong.
    case address
    /// The password is missing, wrong, or not to be had.
    case password
    /// The role may not connect, or not read.
    case forbidden
    /// The database, the table or a column is not there.
    case missing
    /// The server cannot be reached.
    case unreachable
    /// The server does not take connections now.
    case busy
    /// The connection ended.
    case lost
    /// The encryption is not as it must be.
    case encryption
    /// A statement took too long.
    case slow
    /// Somebody else holds a lock.
    case locked
    /// The session only reads, and somebody tried to write.
    case readOnly
    /// The session is not as it was asked for.
    case session
    /// Something else that the server said.
    case other
  }

  /// What kind of trouble it is.
  package let kind: Kind
  /// What was expected, what was found, and the way out.
  package let sentence: String
  /// What the server or the library said itself; empty when it said nothing.
  package let raw: String
  /// The code of the error, five characters; `nil` when there is none.
  package let code: String?

  /// An error with a sentence of its own.
  package init(_ kind: Kind, _ sentence: String, raw: String = "", code: String? = nil) {
    self.kind = kind
    self.sentence = sentence
    self.raw = raw
    self.code = code
  }

  /// Whether trying again may help without anybody's doing.
  package var isPassing: Bool {
    switch kind {
    case .unreachable, .busy, .lost, .slow, .locked: true
    case .library, .address, .password, .forbidden, .missing, .encryption, .readOnly, .session,
      .other:
      false
    }
  }

  /// The sentence alone.
  package var description: String { sentence }
}

/// Turns what the server and the library say into errors with sentences.
struct PostgresErrorTable {
  let address: PostgresAddress
  let redaction: PostgresRedaction

  /// The error of a code and a message of the server.
  func error(code: String, message: String) -> PostgresError {
    let raw = redaction.apply(message)
    let user = address.user.map { "the role \($0)" } ?? "the role"
    let (kind, sentence): (PostgresError.Kind, String) =
      switch code {
      case "28P01":
        (
          .password,
          "\(address) refused the password of \(user); give the right one with --password-env NAME, "
            + "--password-file FILE or ~/.pgpass."
        )
      case "28000":
        (.forbidden, "\(address) does not let \(user) in from here: \(raw).")
      case "3D000": (.missing, "\(address.host) has no database \(address.database).")
      case "42501":
        (
          .forbidden,
          "\(user.prefix(1).uppercased() + user.dropFirst()) has not the right to do that: \(raw); "
            + "reading needs GRANT SELECT."
        )
      case "42P01": (.missing, "There is no such table: \(raw); name the right one with --table.")
      case "42703": (.missing, "The table lacks a column: \(raw).")
      case "53300": (.busy, "\(address) has no connection left for this program.")
      case "57P03": (.busy, "\(address) is starting or stopping, and takes no connection yet.")
      case "57P01": (.lost, "The server at \(address) ended the connection.")
      case "57P02": (.lost, "The server at \(address) ended after a crash.")
      case "57P05": (.lost, "The server at \(address) ended the connection because it was idle.")
      case "57014":
        (
          .slow,
          "\(address) ended a statement that took longer than \(PostgresSettings.statementLimit); "
            + "an index may help: eventicle backend check tells which are lacking."
        )
      case "55P03":
        (
          .locked,
          "Somebody has locked what is to be read at \(address) for longer than "
            + "\(PostgresSettings.lockLimit)."
        )
      case "25006": (.readOnly, "The session only reads, so \(address) refused to write: \(raw).")
      case "08P01" where message.contains("startup parameter"):
        (
          .session,
          "\(address) does not take the settings with which a session begins that only reads; connect "
            + "to PostgreSQL itself, not through a pooler."
        )
      case _ where code.hasPrefix("08"):
        (.lost, "The connection to \(address) failed: \(raw).")
      case _ where code.hasPrefix("53"): (.busy, "\(address) lacks something it needs: \(raw).")
      default: (.other, "\(address) says: \(raw).")
      }
    return PostgresError(kind, sentence, raw: raw, code: code)
  }

  /// The error of what the library says about a connection that was not made, or is gone.
  func error(connecting text: String, lacksPassword: Bool) -> PostgresError {
    let raw = redaction.apply(PostgresErrorTable.trimmed(text))
    if let (code, message) = PostgresErrorTable.coded(text) {
      return error(code: code, message: message)
    }
    if lacksPassword {
      return PostgresError(
        .password,
        "\(address) wants a password; give it with --password-env NAME, --password-file FILE or "
          + "~/.pgpass.", raw: raw)
    }
    for (part, kind, sentence) in causes where text.contains(part) {
      return PostgresError(kind, sentence, raw: raw)
    }
    return PostgresError(
      .unreachable, "\(address) cannot be reached: \(raw.isEmpty ? "no reason is given" : raw).",
      raw: raw)
  }

  /// What the library says, and what it means.
  private var causes: [(String, PostgresError.Kind, String)] {
    [
      (
        "certificate verify failed", .encryption,
        "The certificate of \(address) comes from nobody who is trusted here; name the file of its "
          + "issuer with ?sslrootcert=FILE."
      ),
      (
        "does not match host name", .encryption,
        "The certificate of \(address) is for another host; address it by the name in there."
      ),
      (
        "root certificate file", .encryption,
        "There are no trusted certificates here to check \(address) with; name a file with "
          + "?sslrootcert=FILE."
      ),
      (
        "server does not support SSL", .encryption,
        "\(address) does not encrypt; only ?sslmode=disable reads from it as it is."
      ),
      (
        "could not translate host name", .unreachable,
        "Nobody knows the host \(address.host); check its name."
      ),
      (
        "Connection refused", .unreachable,
        "No server listens at \(address); check host and port, and whether PostgreSQL runs."
      ),
      (
        "No such file or directory", .unreachable,
        "No server listens at the socket in \(address.host)."
      ),
      ("No route to host", .unreachable, "There is no way to \(address.host) from here."),
      ("server closed the connection", .lost, "The server at \(address) closed the connection."),
    ]
  }

  /// The code and the message of a text such as `FATAL:  28P01: password authentication failed`.
  static func coded(_ text: String) -> (code: String, message: String)? {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated().dropLast() {
        let word = part.drop { $0 == " " }
        guard word.utf8.count == 5,
          word.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }),
          word.utf8.contains(where: { (0x30...0x39).contains($0) })
        else { continue }
        let rest = parts[(index + 1)...].joined(separator: ":")
        return (String(word), String(rest.drop { $0 == " " }))
      }
    }
    return nil
  }

  /// A text of several lines as one, without the library's ending.
  static func trimmed(_ text: String) -> String {
    let lines = text.split(separator: "\n").map { line in
      let start = line.drop { $0 == " " || $0 == "\t" }
      return start.hasSuffix(".") ? start.dropLast() : start
    }
    return lines.filter { !$0.isEmpty && !$0.hasPrefix("LOCATION:") }.joined(separator: "; ")
  }
}
