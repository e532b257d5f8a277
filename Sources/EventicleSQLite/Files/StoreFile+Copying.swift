internal import EventicleCore
internal import Glibc

/// Writing whole files, and copies of them.
extension StoreFile {
  /// Copies a file and its log of writes, byte for byte, to a new file of the owner's alone.
  ///
  /// - Throws: ``StoreError`` when it cannot be read or written.
  static func copy(_ path: String, to copy: String) throws(StoreError) {
    for ending in hasLog(path) ? ["", "-wal"] : [""] {
      let from = Glibc.open(path + ending, O_RDONLY | O_CLOEXEC)
      guard from >= 0 else {
        throw StoreError("\(path + ending) cannot be read: \(reason(errno)).")
      }
      defer { Glibc.close(from) }
      let to = try created(copy + ending)
      defer { Glibc.close(to) }
      var block = [UInt8](repeating: 0, count: 1_048_576)
      while true {
        let count = Glibc.read(from, &block, block.count)
        guard count >= 0 else {
          throw StoreError("\(path + ending) cannot be read: \(reason(errno)).")
        }
        guard count > 0 else { break }
        try write(block[..<count], to, copy + ending)
      }
    }
  }

  /// Puts parts of a file at the same places of a copy that this program has made.
  ///
  /// - Throws: ``StoreError`` when one cannot be read or the other written.
  static func copyPages(
    from model: String, to path: String, _ parts: ([UInt8]) -> [Range<Int>]
  ) throws(StoreError) {
    var found = stat()
    let from = Glibc.open(model, O_RDONLY | O_CLOEXEC)
    defer { Glibc.close(from) }
    guard from >= 0, fstat(from, &found) == 0 else {
      throw StoreError("\(model) cannot be read: \(reason(errno)).")
    }
    var bytes = [UInt8](repeating: 0, count: Int(found.st_size))
    guard Glibc.pread(from, &bytes, bytes.count, 0) == bytes.count else {
      throw StoreError("\(model) cannot be read: \(reason(errno)).")
    }
    let to = Glibc.open(path, O_WRONLY | O_CLOEXEC)
    defer { Glibc.close(to) }
    for part in parts(bytes) {
      let count = bytes[part].withUnsafeBytes {
        pwrite(to, $0.baseAddress, $0.count, off_t(part.lowerBound))
      }
      guard count == part.count else {
        throw StoreError("\(path) cannot be written: \(reason(errno)).")
      }
    }
  }

  /// Writes a new file, and makes it permanent.
  ///
  /// - Throws: ``StoreError`` when there is one already, or it cannot be written.
  static func write(_ bytes: [UInt8], to path: String) throws(StoreError) {
    let descriptor = try created(path)
    defer { Glibc.close(descriptor) }
    try write(bytes[...], descriptor, path)
    try sync(path)
  }

  static func created(_ path: String) throws(StoreError) -> Int32 {
    let descriptor = Glibc.open(
      path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError("\(path) cannot be created: \(reason(errno)).")
    }
    return descriptor
  }

  private static func write(
    _ bytes: ArraySlice<UInt8>, _ descriptor: Int32, _ path: String
  ) throws(StoreError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw StoreError("\(path) cannot be written: \(reason(errno)).") }
      rest = rest.dropFirst(count)
    }
  }
}
