import EventicleCore
import Foundation

/// Reads and writes the console's files.
enum Files {
  /// All bytes of a regular file.
  ///
  /// - Throws: ``FileProblem`` when it cannot be read.
  static func bytes(_ path: String) throws(FileProblem) -> [UInt8] {
    try RegularFile.read(path).bytes
  }

  /// Writes a temporary file and moves it over the old one, so that no half-written file remains.
  ///
  /// - Throws: ``FileProblem`` when it cannot be written.
  static func write(_ bytes: [UInt8], to path: String) throws(FileProblem) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw FileProblem("\(path) could not be written: \(error.localizedDescription)")
    }
  }
}
