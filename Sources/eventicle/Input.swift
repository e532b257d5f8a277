import EventicleConsole
import EventicleCore
import EventicleWorkbench

/// Reads what the command line names: files, pipes, and standard input for `-`.
enum Input {
  /// The bytes of a tape.
  ///
  /// - Throws: ``Failure`` with status 3 when it cannot be read or is too large.
  static func tape(_ path: String) throws(Failure) -> [UInt8] {
    try bytes(path, limit: Limits.tapeBytes)
  }

  /// The text of a document.
  ///
  /// - Throws: ``Failure`` with status 3 when it cannot be read or is too large.
  static func document(_ path: String) throws(Failure) -> String {
    String(decoding: try bytes(path, limit: Limits.tapeBytes), as: UTF8.self)
  }

  private static func bytes(
    _ path: String, limit: Int
  ) throws(Failure) -> [UInt8] {
    do throws(FileProblem) {
      return try Files.bytes(path, limit: limit, fromPipes: true)
    } catch {
      throw Failure(error.text, .store)
    }
  }
}
