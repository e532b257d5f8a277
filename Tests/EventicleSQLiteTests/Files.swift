import Foundation

/// The bytes of a file; none when there is no file.
func bytes(_ path: String) throws -> [UInt8] {
  guard FileManager.default.fileExists(atPath: path) else { return [] }
  return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// Writes a file without the program's own writer.
func write(_ bytes: [UInt8], _ path: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// Removes a file if it is there.
func remove(_ path: String) {
  try? FileManager.default.removeItem(atPath: path)
}
