package import EventicleCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A connection for programs that wait: one statement after the other, each answered in full.
///
/// It does not connect again: what goes wrong is thrown.
package final class PostgresSession {
  private let link: PostgresLink

  /// The server's version, such as 150018.
  package private(set) var version = 0
  /// The number of the process at the server that serves the connection.
  package private(set) var process = 0
  /// Whether the connection is encrypted.
  package var isEncrypted: Bool { link.isEncrypted }
  /// What the server remarked, oldest first.
  package private(set) var remarks: [String] = []

  /// The most rows that an answer may have.
  package static let rows = 100_000

  /// Connects, within the limits of the settings.
  ///
  /// - Throws: ``PostgresError`` that says why there is no connection.
  package init(_ settings: PostgresSettings, home: String? = nil) throws(PostgresError) {
    link = PostgresLink(settings, home: home)
    var notices = link.begin(now: PostgresSession.now)
    while true {
      for notice in notices {
        switch notice {
        case .connected(let version, let process):
          self.version = version
          self.process = process
          return
        case .lost(let error, _), .refused(let error):
          link.close()
          throw error
        case .remark(let text): remarks.append(text)
        case .row, .done, .failed, .heard: break
        }
      }
      notices = goOn()
    }
  }

  /// The rows of a statement.
  ///
  /// - Throws: ``PostgresError``; the session goes on when the server only refused the statement.
  package func rows(_ text: String, _ values: [String?] = []) throws(PostgresError) -> [PostgresRow]
  {
    try run(PostgresStatement(text, values))
  }

  /// Carries out several statements without values.
  package func script(_ text: String) throws(PostgresError) {
    _ = try run(PostgresStatement(script: text))
  }

  /// Closes the connection.
  package func close() { link.close() }

  private func run(_ statement: PostgresStatement) throws(PostgresError) -> [PostgresRow] {
    let number = link.send(statement)
    var rows: [PostgresRow] = []
    var notices = link.advance([], now: PostgresSession.now)
    while true {
      for notice in notices {
        switch notice {
        case .row(number, let row): if rows.count < PostgresSession.rows { rows.append(row) }
        case .done(number): return rows
        case .failed(number, let error): throw error
        case .lost(let error, _), .refused(let error):
          link.close()
          throw error
        case .remark(let text): remarks.append(text)
        case .connected, .heard, .row, .done, .failed: break
        }
      }
      guard link.isOpen || !link.isIdle else {
        throw PostgresError(.lost, "The connection to \(link.settings.address) is closed.")
      }
      notices = goOn()
    }
  }

  /// Waits until the connection can go on, and lets it.
  private func goOn() -> [PostgresNotice] {
    var waits = link.descriptors.map { descriptor in
      pollfd(
        fd: descriptor.descriptor,
        events: (descriptor.reads ? Int16(POLLIN) : 0) | (descriptor.writes ? Int16(POLLOUT) : 0),
        revents: 0)
    }
    let now = PostgresSession.now
    let left = link.deadline.map { max(0, ($0 - now).milliseconds) } ?? 1_000
    _ = poll(&waits, nfds_t(waits.count), Int32(clamping: min(left, 60_000)))
    let ready = waits.filter { $0.revents != 0 }.map(\.fd)
    return link.advance(ready, now: PostgresSession.now)
  }

  /// The moment on the clock of the machine's running, which never goes back.
  package static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
