import Foundation

/// Finds themes by name or path.
///
/// The shipped themes are part of the program. Files come first, from the requested folder, from
/// those in `$EVENTICLE_THEMES` and from the user's own, in this order.
struct ThemeLoader {
  /// The folders to search, best first.
  let folders: [String]

  private let read: (String) -> [UInt8]?

  /// A loader that searches these folders.
  ///
  /// - Parameter read: Reads the file at a path; `nil` when it cannot be read.
  init(folders: [String], read: @escaping (String) -> [UInt8]?) {
    self.folders = folders
    self.read = read
  }

  /// A loader that searches the usual folders.
  ///
  /// - Parameters:
  ///   - folder: The value of `--theme-dir`.
  ///   - environment: Read for `EVENTICLE_THEMES`, folders separated by colons, and for
  ///     `XDG_CONFIG_HOME` and `HOME`.
  ///   - read: Reads the file at a path; `nil` when it cannot be read.
  init(
    folder: String?, environment: [String: String], read: @escaping (String) -> [UInt8]?
  ) {
    var folders: [String] = []
    if let folder { folders.append(folder) }
    let named = environment["EVENTICLE_THEMES"] ?? ""
    folders += named.split(separator: ":").map(String.init)
    if let settings = environment["XDG_CONFIG_HOME"], settings.hasPrefix("/") {
      folders.append(settings + "/eventicle/themes")
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      folders.append(home + "/.config/eventicle/themes")
    }
    self.init(folders: folders, read: read)
  }

  /// The theme with a name, or in a file if the name is a path.
  ///
  /// - Throws: ``ThemeError`` when there is no such theme or its file is wrong.
  func theme(named name: String) throws(ThemeError) -> Theme {
    try load(name, inheritedBy: [])
  }

  /// The files of the theme with a name: its own, then those that it inherits from.
  ///
  /// A theme that is part of the program has none; of a broken file only its own path is known.
  func files(of name: String) -> [String] {
    var files: [String] = []
    var next: String? = name
    while let name = next, let path = path(of: name), !files.contains(path) {
      files.append(path)
      let text = read(path).flatMap { String(validating: $0, as: UTF8.self) }
      next = text.flatMap { try? ThemeFile($0, path: path).parentName() }
    }
    return files
  }

  /// The names of all themes, `terminal` first, the others sorted.
  func names() -> [String] {
    var names = Set(ShippedThemes.texts.keys)
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

  /// Why folders that are there cannot be looked into, one sentence each.
  func folderProblems() -> [String] {
    folders.compactMap { folder in
      guard FileManager.default.fileExists(atPath: folder) else { return nil }
      do {
        _ = try FileManager.default.contentsOfDirectory(atPath: folder)
        return nil
      } catch {
        return "The folder of themes \(folder) cannot be read; is it a folder that you may open?"
      }
    }
  }

  private static let endings = [".yaml", ".yml"]

  /// The text of a theme, and where it comes from.
  private struct Source {
    let text: String
    let path: String
  }

  private func load(_ name: String, inheritedBy heirs: [String]) throws(ThemeError) -> Theme {
    if name == Theme.terminal.name { return .terminal }
    let source = try source(of: name, inheritedBy: heirs)
    guard !heirs.contains(source.path) else { throw .inheritsItself(path: source.path) }
    let file = try ThemeFile(source.text, path: source.path)
    var parent = Theme.terminal
    if let name = try file.parentName() {
      parent = try load(name, inheritedBy: heirs + [source.path])
    }
    let title = URL(filePath: name).lastPathComponent
    let ending = Self.endings.first(where: title.hasSuffix) ?? ""
    return try file.theme(parent: parent, fallbackName: String(title.dropLast(ending.count)))
  }

  // A file may inherit from the shipped theme of its own name.
  private func source(
    of name: String, inheritedBy heirs: [String]
  ) throws(ThemeError) -> Source {
    let path = path(of: name)
    if let text = ShippedThemes.texts[name], path == nil || path == heirs.last {
      return Source(text: text, path: "\(name) (shipped)")
    }
    guard let path else { throw .notFound(name: name, known: names()) }
    guard let bytes = read(path), let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(path: path)
    }
    return Source(text: text, path: path)
  }

  private func path(of name: String) -> String? {
    if name.contains("/") || Self.endings.contains(where: name.hasSuffix) { return name }
    for folder in folders {
      for ending in Self.endings {
        let path = "\(folder)/\(name)\(ending)"
        if FileManager.default.fileExists(atPath: path) { return path }
      }
    }
    return nil
  }
}
