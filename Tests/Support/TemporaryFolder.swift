import Foundation

/// A folder that is removed with the last reference to it.
public final class TemporaryFolder: Sendable {
  /// The path of the folder, without a slash at its end.
  public let path: String

  /// Makes an empty folder.
  public init() throws {
    let base = FileManager.default.temporaryDirectory
    let folder = base.appendingPathComponent("eventicle-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file without the program's own writer, and returns its path.
  @discardableResult
  public func write(_ text: String, to name: String, mode: Int? = nil) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    if let mode {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file(name))
    }
    return file(name)
  }

  /// Adds to a file, as a program does that writes to it all the time.
  public func append(_ text: String, to name: String) throws {
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file(name)))
    defer { try? handle.close() }
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
  }

  /// The content of a file; `nil` when there is none.
  public func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: file(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The permissions of a file; `nil` when the system does not say.
  public func mode(_ name: String) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(atPath: file(name))
    return (attributes[.posixPermissions] as? NSNumber)?.intValue
  }

  /// The names in the folder, sorted.
  public var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}
