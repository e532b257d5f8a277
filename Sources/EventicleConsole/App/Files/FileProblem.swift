#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The reason why a file could not be read or written, as a sentence.
package struct FileProblem: Error, Sendable, Hashable {
  /// What was wanted, what stands in the way, and the way out.
  package let text: String

  /// A problem with a sentence of its own.
  package init(_ text: String) { self.text = text }

  /// A failed call on a file, with the system's reason.
  ///
  /// - Parameter number: The error number of the call.
  init(_ path: String, cannotBe participle: String, _ number: Int32, _ rest: String = "") {
    text = "\(path) cannot be \(participle): \(FileProblem.reason(number)).\(rest)"
  }

  private static func reason(_ number: Int32) -> String {
    switch number {
    case ENOSPC: return "the disk is full"
    case EDQUOT: return "your quota of the disk is used up"
    case EFBIG: return "the file would be larger than the system allows"
    case ENOENT: return "there is no such file or folder"
    case EACCES, EPERM: return "you may not do that"
    case EROFS: return "the disk is read-only"
    case ENAMETOOLONG: return "the name is too long"
    default: return String(cString: strerror(number))
    }
  }
}
