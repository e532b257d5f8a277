#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the password of a server comes from; never an address.
package enum RedisSecret: Sendable, Hashable {
  /// A variable of the environment.
  case variable(String)
  /// A file that only its owner may read.
  case file(String)

  /// Reads the password.
  ///
  /// - Throws: ``RedisAddress/Problem`` with the way out; it does not hold the password.
  package func read(
    _ environment: [String: String]
  ) throws(RedisAddress.Problem) -> String {
    switch self {
    case .variable(let name):
      guard let value = environment[name], !value.isEmpty else {
        throw RedisAddress.Problem(
          "The variable \(name), which is to hold the password, is not set.")
      }
      return value
    case .file(let path): return try Self.read(path)
    }
  }

  private static func read(_ path: String) throws(RedisAddress.Problem) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw RedisAddress.Problem(
        "The password file \(path) cannot be read: \(String(cString: strerror(errno))).")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw RedisAddress.Problem("The password file \(path) is not a regular file.")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw RedisAddress.Problem(
        "The password file \(path) may be read by others; run: chmod 600 \(path)")
    }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = bytes.withUnsafeMutableBytes { room in
      #if canImport(Glibc)
        Glibc.read(descriptor, room.baseAddress, room.count)
      #else
        Darwin.read(descriptor, room.baseAddress, room.count)
      #endif
    }
    let text = bytes.prefix(max(0, count)).prefix { $0 != 0x0A && $0 != 0x0D }
    guard !text.isEmpty else {
      throw RedisAddress.Problem("The password file \(path) is empty.")
    }
    return String(decoding: text, as: UTF8.self)
  }
}
