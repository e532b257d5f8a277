internal import EventicleHost

extension NodeHost: DomainProgram {}

extension NodeHost {
  /// Whether a word of a command line names a domain in JavaScript rather than one by its name: a
  /// path, or a file whose ending says so.
  public static func isDomain(_ word: String) -> Bool { NodeFiles.isDomain(word) }
}
