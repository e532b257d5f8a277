import EventicleCore
import Foundation

/// Where configuration is, and what it comes to.
struct ConfigFiles {
  /// What both files set.
  let config: ConsoleConfig
  /// What is wrong in them, each as a sentence.
  let problems: [String]
  /// Where the person's file is looked for, and whether it is there.
  let global: (path: String, isThere: Bool)
  /// Where the project's file is; `nil` when there is none in the folder in use or above.
  let project: String?

  /// Finds and reads both files; what cannot be read is a problem and sets nothing.
  init(environment: [String: String]) {
    let path = Self.globalPath(environment)
    var problems: [String] = []
    var config = ConsoleConfig()
    let isThere = FileManager.default.fileExists(atPath: path)
    if isThere { config = Self.read(path, others: [], &problems) }
    project = ProjectFile.path()
    if let project {
      config = config.overruled(by: Self.read(project, others: ["mappings"], &problems))
    }
    self.config = config
    self.problems = problems
    global = (path, isThere)
  }

  /// `$XDG_CONFIG_HOME/eventicle/config.yaml`, else `~/.config/eventicle/config.yaml`.
  private static func globalPath(_ environment: [String: String]) -> String {
    let base: URL
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      base = URL(filePath: folder)
    } else {
      base = URL(filePath: environment["HOME"] ?? "/").appending(path: ".config")
    }
    return base.appending(path: "eventicle/config.yaml").path
  }

  private static func read(
    _ path: String, others: [String], _ problems: inout [String]
  ) -> ConsoleConfig {
    do throws(FileProblem) {
      let bytes = try Files.bytes(path, limit: YAMLCheck.mostBytes)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw FileProblem("\(path) is no UTF-8 text.")
      }
      let reader = ConfigReader(text, path: path, others: others)
      problems += reader.problems
      return reader.config
    } catch {
      problems.append(error.text)
      return ConsoleConfig()
    }
  }

  /// The lines of `eventicle info` about configuration.
  var lines: [String] {
    let mine = "yours    \(global.path)\(global.isThere ? "" : " (not there)")"
    let theirs =
      "project  " + (project ?? "none: no \(ProjectFile.name) in this folder or above it")
    return [mine, theirs] + problems.map { "✗ \($0)" }
  }
}
