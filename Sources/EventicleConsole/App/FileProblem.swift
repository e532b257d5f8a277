import EventicleCore
import Foundation

/// The reason why a file could not be read, as a sentence.
struct FileProblem: Error {
  let text: String

  init(_ text: String) { self.text = text }
}
