import Foundation
import TestSupport

/// What the slow tier tells of its work.
enum Progress {
  /// Writes a line every so many rounds in the slow tier.
  static func count(_ rounds: Int, _ what: String, every interval: Int = 100) {
    if rounds % interval == 0 { note("\(rounds) \(what) so far") }
  }

  /// Writes a line to standard error in the slow tier.
  static func note(_ text: String) {
    guard TestEnvironment.isTorture else { return }
    FileHandle.standardError.write(Data("torture: \(text)\n".utf8))
  }
}
