import Foundation

/// Paths and files of the working copy that the tests were compiled from.
public enum Repository {
  /// The root of the package, without a closing slash.
  public static let root: String = ancestor(of: #filePath, levels: 3)

  /// The folder of a path.
  public static func folder(of path: some StringProtocol) -> String {
    ancestor(of: String(path), levels: 1)
  }

  /// The text of a file below the root; `nil` if there is no such file.
  public static func text(at path: String) -> String? {
    guard let bytes = FileManager.default.contents(atPath: root + "/" + path) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The paths below the root of all files in a folder and its subfolders, sorted.
  ///
  /// - Parameters:
  ///   - folder: A path below the root, such as `Sources`; a missing folder has no files.
  ///   - suffix: The end of the file's name, such as `.swift`.
  public static func files(in folder: String, withSuffix suffix: String) -> [String] {
    let top = root + "/" + folder
    guard let names = FileManager.default.enumerator(atPath: top) else { return [] }
    return names.compactMap { $0 as? String }
      .filter { $0.hasSuffix(suffix) }
      .map { folder + "/" + $0 }
      .sorted()
  }

  /// Whether a file or folder exists at a path below the root.
  public static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root + "/" + path)
  }

  private static func ancestor(of path: String, levels: Int) -> String {
    var rest = path[...]
    for _ in 0..<levels {
      guard let slash = rest.lastIndex(of: "/") else { return "." }
      rest = rest[..<slash]
    }
    return String(rest)
  }
}
