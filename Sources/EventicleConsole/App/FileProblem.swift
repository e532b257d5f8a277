import EventicleCore
import Foundation

/// Why a file could not be read, in a sentence.
struct FileProblem: Error {
  let text: String

  init(_ text: String) { self.text = text }
}
