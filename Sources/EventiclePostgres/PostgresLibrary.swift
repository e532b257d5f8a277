internal import CPostgres

/// PostgreSQL's client library, which is loaded when it is first needed.
package enum PostgresLibrary {
  /// The name under which every Linux has the library.
  package static let name = "libpq.so.5"

  /// Loads the library, once.
  ///
  /// - Parameter name: Its file, as the system's loader finds it.
  /// - Throws: ``PostgresError`` that names the package.
  package static func load(_ name: String = name) throws(PostgresError) {
    guard let reason = cpg_load(name) else { return }
    let text = String(cString: reason)
    guard text != "built without PostgreSQL" else {
      throw PostgresError(
        .library,
        "This program was built without PostgreSQL; build it where the package libpq-dev is "
          + "installed.", raw: text)
    }
    throw PostgresError(
      .library,
      "PostgreSQL is reached through libpq, which cannot be loaded; install the package libpq5 "
        + "(apt-get install libpq5).", raw: text)
  }

  /// The library's version, such as 150018; 0 while it is not loaded.
  package static var version: Int { Int(cpg_library_version()) }

  /// A version as people write it: `15.18`.
  package static func text(of version: Int) -> String {
    version >= 100_000
      ? "\(version / 10_000).\(version % 10_000)"
      : "\(version / 10_000).\(version / 100 % 100).\(version % 100)"
  }
}
