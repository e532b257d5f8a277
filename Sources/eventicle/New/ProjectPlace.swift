import EventicleConsole
import EventicleCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The folder of a new project: it is not there yet, or it is empty.
struct ProjectPlace {
  /// The most bytes that the name of a folder may have.
  private static let longestName = 64

  /// The path as it was given, without slashes at its end.
  let path: String
  /// The path of the folder in which it is made, ending with a slash.
  let parent: String
  /// The name of the folder.
  let name: String

  /// Looks at a path.
  ///
  /// - Throws: ``Failure`` when its name is none for a project, or something is there.
  init(_ given: String) throws(Failure) {
    var path = Substring(given)
    while path.last == "/", path.count > 1 { path.removeLast() }
    self.path = String(path)
    let slash = path.lastIndex(of: "/")
    name = String(slash.map { path[path.index(after: $0)...] } ?? path)
    parent = slash.map { String(path[...$0]) } ?? "./"
    try ProjectPlace.check(name, of: self.path)
    try checkParent()
    try checkTarget()
  }

  /// The name as package managers take it: small letters of ASCII, digits and the like.
  var packageName: String {
    let letters = name.lowercased().unicodeScalars.map { scalar -> Character in
      let isKept =
        scalar.isASCII && (ProjectPlace.isWord(scalar) || "-._".unicodeScalars.contains(scalar))
      return isKept ? Character(scalar) : "-"
    }
    let trimmed = String(letters.drop { !$0.isLetter && !$0.isNumber })
    return trimmed.isEmpty ? "lending" : trimmed
  }

  /// The path as the option `--domain` and a shell take it.
  var word: String {
    let path = path.contains("/") ? path : "./\(path)"
    return ProjectPlace.quoted(path)
  }

  /// The path of one of its files, as a shell takes it.
  func word(_ file: String) -> String { ProjectPlace.quoted("\(path)/\(file)") }

  private static func quoted(_ path: String) -> String {
    let isPlain = path.unicodeScalars.allSatisfy {
      isWord($0) || "-._/".unicodeScalars.contains($0)
    }
    guard !isPlain || path.isEmpty else { return path }
    return "'"
      + path.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: #"'\''"#) + "'"
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
  }

  // MARK: - What is refused

  private static func check(_ name: String, of path: String) throws(Failure) {
    if let hidden = path.unicodeScalars.first(where: HiddenScalar.contains) {
      throw Failure(
        "The path \(HiddenScalar.visible(path)) has the character U+\(String(hidden.value, radix: 16, uppercase: true)), "
          + "which nobody sees; leave it out.", .usage)
    }
    guard name != ".", name != "..", !name.isEmpty, name != "/" else {
      throw Failure(
        "\"\(path)\" names no new folder; name one, as in: eventicle new library.", .usage)
    }
    let marks = "-._".unicodeScalars
    let isName =
      name.unicodeScalars.allSatisfy { isWord($0) || marks.contains($0) }
      && name.unicodeScalars.first.map { !marks.contains($0) } == true
      && name.utf8.count <= longestName && name.lowercased() != "node_modules"
    guard isName else {
      throw Failure(
        "\"\(name)\" is no name for a project: it begins with a letter or a digit, has letters, "
          + "digits, -, _ and . after it, is no longer than \(longestName) bytes, and is not "
          + "node_modules.", .usage)
    }
  }

  private func checkParent() throws(Failure) {
    var status = stat()
    guard stat(parent, &status) == 0 else {
      throw Failure("There is no folder \(parent) in which \(name) could be made.", .store)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Failure("\(parent) is no folder; name a place in a folder.", .store)
    }
  }

  private func checkTarget() throws(Failure) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Failure("\(path) is there already and is no folder; take another name.", .store)
    }
    guard ProjectPlace.isEmpty(path) else {
      throw Failure(
        "\(path) is there already and is not empty; nothing in it was changed. Take another name.",
        .store)
    }
  }

  private static func isEmpty(_ folder: String) -> Bool {
    guard let listing = opendir(folder) else { return false }
    defer { closedir(listing) }
    var count = 0
    while readdir(listing) != nil { count += 1 }
    // Each has itself and the one above it.
    return count <= 2
  }
}
