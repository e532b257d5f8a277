#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the password of a server comes from; never an address, which stays in a shell's history.
package enum PasswordSource: Sendable, Hashable {
  /// A variable of the environment.
  case variable(String)
  /// A file whose first line is the password; only its owner may read it.
  case file(String)

  /// The most bytes that such a file may have.
  package static let fileBytes = 4_096

  /// What options and contexts say: a variable comes before a file; `nil` when they say nothing.
  package init?(variable: String?, file: String?) {
    if let variable {
      self = .variable(variable)
    } else if let file {
      self = .file(file)
    } else {
      return nil
    }
  }

  /// The password.
  ///
  /// - Parameter environment: The variables.
  /// - Throws: ``FileProblem`` that names the variable or the file and what is wrong with it.
  package func read(_ environment: [String: String]) throws(FileProblem) -> String {
    switch self {
    case .variable(let name):
      guard let value = environment[name], !value.isEmpty else {
        throw FileProblem("The password should be in $\(name), but that is not set; export it.")
      }
      return value
    case .file(let path): return try Self.read(path)
    }
  }

  private static func read(_ path: String) throws(FileProblem) -> String {
    func refuse(_ reason: String) -> FileProblem {
      FileProblem("The password file \(path) \(reason)")
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
