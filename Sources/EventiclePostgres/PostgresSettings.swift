package import EventicleCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What a connection is for, and everything that the server is told when it begins.
package struct PostgresSettings: Sendable, Hashable {
  /// What a session is for.
  package enum Purpose: Sendable, Hashable {
    /// Reading what is there; the server itself refuses to write.
    case reading
    /// Making what an engine needs for its own.
    case preparing
  }

  /// Where the database is.
  package let address: PostgresAddress
  /// What the session is for.
  package let purpose: Purpose
  private let password: String?

  /// How long a statement that reads may take.
  package static let statementLimit = Interval.seconds(5)
  /// How long a statement waits for somebody's lock.
  package static let lockLimit = Interval.seconds(1)
  /// How long a statement that prepares may take; building an index reads a whole table.
  package static let preparingLimit = Interval.minutes(10)
  /// How long connecting may take.
  package static let connectLimit = Interval.seconds(5)
  /// How long after its limit a statement's answer is waited for, before the connection counts as
  /// gone.
  package static let answerLimit = Interval.seconds(5)

  /// Settings of a connection.
  ///
  /// - Parameter password: The password; `nil` when the library is to find it.
  package init(_ address: PostgresAddress, password: String?, for purpose: Purpose = .reading) {
    self.address = address
    self.password = password
    self.purpose = purpose
  }

  /// What hides the password in messages.
  package var redaction: PostgresRedaction { PostgresRedaction(password.map { [$0] } ?? []) }

  /// How long a statement may take.
  package var statementLimit: Interval {
    purpose == .reading ? PostgresSettings.statementLimit : PostgresSettings.preparingLimit
  }

  /// The name under which the server lists the session.
  package var applicationName: String {
    purpose == .reading ? "eventicle-attach" : "eventicle-prepare"
  }

  /// The parameters of the connection, as the library takes them.
  ///
  /// The limits are part of the connection's beginning, so that no statement comes before them and a
  /// pooler never keeps them for somebody else.
  func parameters(home: String?) -> [(name: String, value: String)] {
    let limits =
      "-c statement_timeout=\(statementLimit.milliseconds) "
      + "-c lock_timeout=\(PostgresSettings.lockLimit.milliseconds) "
      + "-c idle_in_transaction_session_timeout=60000 -c DateStyle=ISO "
    let reading = purpose == .reading ? "-c default_transaction_read_only=on" : ""
    var found = [
      ("host", address.host), ("port", "\(address.port)"), ("dbname", address.database),
      ("application_name", applicationName), ("client_encoding", "UTF8"),
      ("options", limits + reading), ("sslmode", address.encryption.rawValue),
      ("gssencmode", "disable"), ("keepalives_idle", "30"), ("keepalives_interval", "5"),
      ("keepalives_count", "3"), ("tcp_user_timeout", "20000"),
    ]
    if let user = address.user { found.append(("user", user)) }
    if let password { found.append(("password", password)) }
    if let file = address.rootCertificates ?? PostgresSettings.trusted(home) {
      found.append(("sslrootcert", file))
    }
    return found.map { (name: $0.0, value: $0.1) }
  }

  /// The system's own certificates, unless the user has a file for PostgreSQL, which the library
  /// finds itself.
  private static func trusted(_ home: String?) -> String? {
    if let home, access("\(home)/.postgresql/root.crt", R_OK) == 0 { return nil }
    let places = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]
    return places.first { access($0, R_OK) == 0 }
  }
}
