#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder that is deleted with its files when it is no longer referenced.
final class TemporaryFolder: Sendable {
  private let root: String

  struct NotMade: Error {}

  init() throws {
    var template = Array("/tmp/eventicle-keys-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw NotMade() }
    root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in names { unlink(path(name)) }
    rmdir(root)
  }

  func path(_ name: String) -> String { root + "/" + name }

  /// The names of its files.
  var names: [String] {
    guard let folder = opendir(root) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func read(_ name: String) -> [UInt8] {
    let descriptor = open(path(name), O_RDONLY)
    defer { close(descriptor) }
    var content = [UInt8](repeating: 0, count: 1 << 20)
    let count = Glibc.read(descriptor, &content, content.count)
    return Array(content.prefix(max(count, 0)))
  }

  func write(_ bytes: [UInt8], to name: String, mode: mode_t = 0o600) {
    unlink(path(name))
    let descriptor = open(path(name), O_WRONLY | O_CREAT, mode)
    defer { close(descriptor) }
    _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    fchmod(descriptor, mode)
  }

  func mode(_ name: String) -> mode_t {
    var status = stat()
    return lstat(path(name), &status) == 0 ? status.st_mode & 0o777 : 0
  }
}
