import EventicleCore
import Foundation

/// Files as the console reads and writes them.
enum Files {
  /// All bytes of a file.
  ///
  /// - Throws: ``FileProblem`` when it cannot be read.
  static func bytes(_ path: String) throws(FileProblem) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FileProblem("\(path) cannot be read; is the name right?")
    }
    return [UInt8](data)
  }

  /// Writes a file beside the old one and puts it in its place.
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
