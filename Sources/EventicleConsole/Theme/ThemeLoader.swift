import Foundation

/// Finds themes by name or path.
///
/// Only `terminal` is built in; files are searched in the requested folder, in `$EVENTICLE_THEMES`,
/// beside the executable and in `./themes`, in this order.
struct ThemeLoader {
  /// The folders to search, best first.
  let folders: [String]

  /// A loader that searches these folders.
  init(folders: [String]) {
    self.folders = folders
  }

  /// A loader that searches the usual folders.
  ///
  /// - Parameters:
  ///   - folder: The value of `--theme-dir`.
  ///   - environment: Read for `EVENTICLE_THEMES`, folders separated by colons.
  ///   - executable: The path of the running program.
  init(folder: String?, environment: [String: String], executable: String?) {
    var folders: [String] = []
    if let folder { folders.append(folder) }
    let named = environment["EVENTICLE_THEMES"] ?? ""
    folders += named.split(separator: ":").map(String.init)
    if let executable {
      let beside = URL(filePath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
      folders.append(beside.appending(path: "themes").path)
      let share = beside.deletingLastPathComponent().appending(path: "share/eventicle/themes")
      folders.append(share.path)
    }
    self.init(folders: folders + ["themes"])
  }

  /// The theme with a name, or in a file if the name is a path.
  ///
  /// - Throws: ``ThemeError`` when there is no such theme or its file is wrong.
  func theme(named name: String) throws(ThemeError) -> Theme {
    try load(name, inheritedBy: [])
  }

  /// The names of all themes found, `terminal` first, the others sorted.
  func names() -> [String] {
    var names: Set<String> = []
    for folder in folders {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for file in files {
        for ending in Self.endings where file.hasSuffix(ending) {
          names.insert(String(file.dropLast(ending.count)))
        }
      }
    }
    return [Theme.terminal.name] + names.subtracting([Theme.terminal.name]).sorted()
  }

  private static let endings = [".yaml", ".yml"]

  private func load(_ name: String, inheritedBy heirs: [String]) throws(ThemeError) -> Theme {
    if name == Theme.terminal.name { return .terminal }
    let path = try path(of: name)
    guard !heirs.contains(path) else { throw .inheritsItself(path: path) }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw .unreadable(path: path)
    }
    let file = try ThemeFile(text, path: path)
    var parent = Theme.terminal
    if let name = try file.parentName() {
      parent = try load(name, inheritedBy: heirs + [path])
    }
    let title = URL(filePath: path).deletingPathExtension().lastPathComponent
    return try file.theme(parent: parent, fallbackName: title)
  }

  private func path(of name: String) throws(ThemeError) -> String {
    if name.contains("/") || Self.endings.contains(where: name.hasSuffix) {
      guard FileManager.default.fileExists(atPath: name) else {
        throw .notFound(name: name, searched: [])
      }
      return name
    }
    for folder in folders {
      for ending in Self.endings {
        let path = "\(folder)/\(name)\(ending)"
        if FileManager.default.fileExists(atPath: path) { return path }
      }
    }
    throw .notFound(name: name, searched: folders)
  }
}
