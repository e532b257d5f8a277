#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Where the password of a connection comes from.
///
/// A variable of the environment comes before a file, and both before the file that all of
/// PostgreSQL's programs read: the one that `PGPASSFILE` names, else `~/.pgpass`.
package struct PostgresPassword: Sendable, Hashable {
  /// The name of a variable of the environment.
  package let variable: String?
  /// The path of a file whose first line is the password; only its owner may read it.
  package let file: String?

  /// The most bytes that such a file may have.
  package static let fileBytes = 4_096

  /// Nothing but what all of PostgreSQL's programs read, unless a variable or a file is named.
  package init(variable: String? = nil, file: String? = nil) {
    self.variable = variable
    self.file = file
  }

  /// The password; `nil` when it is left to the library to find it.
  ///
  /// - Parameter environment: The variables.
  /// - Throws: ``PostgresError`` that names the variable or the file and what is wrong with it.
  package func find(_ environment: [String: String]) throws(PostgresError) -> String? {
    if let variable {
      guard let value = environment[variable], !value.isEmpty else {
        throw PostgresError(
          .password, "The password should be in $\(variable), but that is not set; export it.")
      }
      return value
    }
    guard let file else { return nil }
    return try PostgresPassword.read(file)
  }

  private static func read(_ path: String) throws(PostgresError) -> String {
    func refuse(_ reason: String) -> PostgresError {
      PostgresError(.password, "The password file \(path) \(reason)")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw refuse("cannot be read: \(String(cString: strerror(errno))).")
    }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      throw refuse("is no file.")
    }
    guard facts.st_mode & 0o077 == 0 else {
      throw refuse("may be read by others; chmod 600 makes it yours alone.")
    }
    guard facts.st_size <= fileBytes else {
      throw refuse("is too long: a password has at most \(fileBytes) bytes.")
    }
    var bytes = [UInt8](repeating: 0, count: fileBytes)
    let count = readBytes(descriptor, &bytes)
    guard count > 0 else { throw refuse("is empty.") }
    let line = bytes.prefix(count).prefix { $0 != 0x0A && $0 != 0x0D }
    guard !line.isEmpty, !line.contains(0) else {
      throw refuse("must have the password as its first line.")
    }
    return String(decoding: line, as: UTF8.self)
  }
}

/// The function of the same name as the method hides it.
private func readBytes(_ descriptor: Int32, _ bytes: inout [UInt8]) -> Int {
  bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
}
