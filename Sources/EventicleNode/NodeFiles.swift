internal import CSupervisor
internal import EventicleCore
internal import Foundation

/// The files of a domain: its entry, its project, and what node loads of the program's own.
struct NodeFiles: Sendable {
  /// The endings of files that can be a domain.
  static let endings = ["js", "cjs", "mjs", "ts", "mts", "cts"]

  /// The absolute path of the file or the folder that was named.
  let entry: String
  /// The folder of the nearest `package.json`, or that of the entry.
  let folder: String
  /// The name of the package, or of the file without its ending.
  let name: String
  /// Whether the entry is known to be TypeScript.
  let isTypeScript: Bool

  /// Finds a domain.
  ///
  /// - Throws: ``NodeError/noEntry(_:)``.
  init(_ path: String) throws(NodeError) {
    let files = FileManager.default
    let url = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath()
    var isFolder: ObjCBool = false
    guard files.fileExists(atPath: url.path, isDirectory: &isFolder) else { throw .noEntry(path) }
    entry = url.path
    var place = isFolder.boolValue ? url : url.deletingLastPathComponent()
    let own = place.path
    var package: JSON?
    while package == nil {
      package = NodeFiles.package(in: place.path)
      if package == nil {
        guard place.path != "/", place.path != "" else { break }
        place.deleteLastPathComponent()
      }
    }
    folder = package == nil ? own : place.path
    let plain =
      isFolder.boolValue ? url.lastPathComponent : url.deletingPathExtension().lastPathComponent
    name = package?["name"].string.flatMap { $0.isEmpty ? nil : $0 } ?? plain
    let main =
      package?["eventicle"]["domain"].string ?? package?["exports"]["."].string
      ?? package?["exports"].string ?? package?["main"].string
    let file = isFolder.boolValue ? main ?? "index.js" : entry
    isTypeScript = ["ts", "mts", "cts"].contains { file.hasSuffix(".\($0)") }
  }

  /// Whether a word of the command line names a domain in JavaScript rather than a sample: it ends
  /// like a file of one, it is a path, or there is a folder of that name with a `package.json`.
  static func isDomain(_ word: String) -> Bool {
    if endings.contains(where: { word.hasSuffix(".\($0)") }) { return true }
    if word.contains("/") || word == "." || word == ".." { return true }
    return FileManager.default.fileExists(atPath: "\(word)/package.json")
  }

  private static func package(in folder: String) -> JSON? {
    guard let data = FileManager.default.contents(atPath: "\(folder)/package.json") else {
      return nil
    }
    return try? JSON(parsing: [UInt8](data))
  }

  /// Whether a package can be found from the project.
  func canResolve(_ package: String) -> Bool {
    var place = folder
    while true {
      if FileManager.default.fileExists(atPath: "\(place)/node_modules/\(package)/package.json") {
        return true
      }
      guard let end = place.lastIndex(of: "/"), place != "/" else { return false }
      place = String(place[..<end])
    }
  }

  /// The path of a program: as it is given when that names a folder, else from a search path.
  static func executable(_ name: String, in folders: [String]) -> String? {
    if name.contains("/") { return isProgram(name) ? name : nil }
    return folders.map { "\($0)/\(name)" }.first(where: isProgram)
  }

  private static func isProgram(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let files = FileManager.default
    return files.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      && files.isExecutableFile(atPath: path)
  }

  // MARK: - What node loads

  /// The folder with the files that node loads, which is made when it is not there.
  ///
  /// Its name is made of their content, so that several versions of the program share a cache.
  ///
  /// - Throws: ``NodeError/noCache(_:reason:)``.
  static func shim(environment: [String: String]) throws(NodeError) -> String {
    let base = cache(environment) + "/eventicle/node"
    let folder = "\(base)/\(NodeShim.version)"
    guard !FileManager.default.fileExists(atPath: folder) else { return folder }
    let temporary = "\(folder)-\(UUID().uuidString)"
    do {
      let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
      try FileManager.default.createDirectory(
        atPath: temporary, withIntermediateDirectories: true, attributes: attributes)
      for (name, content) in NodeShim.files {
        let file = URL(fileURLWithPath: "\(temporary)/\(name)")
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content).write(to: file)
      }
    } catch {
      throw .noCache(base, reason: error.localizedDescription)
    }
    // Another console may have been faster; then its files are the same.
    if rename(temporary, folder) != 0 {
      let reason = String(cString: strerror(errno))
      try? FileManager.default.removeItem(atPath: temporary)
      guard FileManager.default.fileExists(atPath: folder) else {
        throw .noCache(folder, reason: reason)
      }
    }
    return folder
  }

  private static func cache(_ environment: [String: String]) -> String {
    if let named = environment["XDG_CACHE_HOME"], named.hasPrefix("/") { return named }
    if let home = environment["HOME"], home.hasPrefix("/") { return "\(home)/.cache" }
    return NSTemporaryDirectory() + "eventicle-\(getuid())"
  }
}
