import EventicleCore
import EventicleWorkbench
import Foundation
import Yams

/// The file of a project, `.eventicle.yaml` in the folder in use or in one above it.
///
/// Its `mappings` say, by name, how the JSON objects of other tools become events; what else it sets,
/// ``ConfigReader`` reads.
struct ProjectFile {
  /// The name of such a file.
  static let name = ".eventicle.yaml"
  /// Another name of such a file, for who does not want to hide it.
  static let visibleName = "eventicle.yaml"

  /// Where it is.
  let path: String
  private let mappings: [EventMapping]

  /// The mapping with a name.
  func mapping(_ name: String) -> EventMapping? { mappings.first { isSameText($0.name, name) } }

  /// The format that a person names: one that every project has, or a mapping.
  ///
  /// - Throws: ``FileProblem`` when there is none, or the project's file is wrong.
  static func format(named name: String) throws(FileProblem) -> EventFormat {
    if let known = EventFormat.named.first(where: { isSameText($0.name, name) }) {
      return known.format
    }
    let formats = EventFormat.named.map(\.name).joined(separator: ", ")
    let none = "There is no format and no mapping \(Self.shown(name)); the formats are \(formats)"
    guard let path = path() else {
      throw FileProblem(
        "\(none), and mappings are in \(Self.name), which is neither in this folder nor in one above "
          + "it.")
    }
    let project = try ProjectFile(path)
    if let mapping = project.mapping(name) { return .mapping(mapping) }
    let names = project.mappings.map(\.name).joined(separator: ", ")
    throw FileProblem(
      "\(none), and in \(path) are " + (names.isEmpty ? "no mappings." : "the mappings \(names)."))
  }

  /// Where the file of a project is.
  static func path() -> String? {
    var folder = URL(filePath: FileManager.default.currentDirectoryPath)
    while true {
      for name in [name, visibleName] {
        let path = folder.appending(path: name).path
        if FileManager.default.fileExists(atPath: path) { return path }
      }
      guard folder.pathComponents.count > 1 else { return nil }
      folder.deleteLastPathComponent()
    }
  }

  private init(_ path: String) throws(FileProblem) {
    let bytes = try Files.bytes(path, limit: YAMLCheck.mostBytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileProblem("\(path) is no UTF-8 text.")
    }
    try self.init(text, path: path)
  }

  /// Reads the text of the file at a path.
  ///
  /// - Throws: ``FileProblem`` with the line of the first mistake.
  init(_ text: String, path: String) throws(FileProblem) {
    self.path = path
    if let (line, what) = YAMLCheck.problem(in: text) {
      throw FileProblem("\(path), line \(line): \(what).")
    }
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw FileProblem("\(path) is no YAML: \(Self.words(of: error)).")
    }
    var found: [EventMapping] = []
    if let node = root?.mapping?["mappings"] {
      let entries = try Self.entries(of: node, in: path, "mappings has a mapping by each name")
      for (name, node) in entries {
        guard !EventFormat.named.contains(where: { isSameText($0.name, name) }) else {
          throw Self.problem(
            node, path, "\(name) is the name of a format; call the mapping otherwise")
        }
        found.append(try Self.mapping(name, node, path))
      }
    }
    mappings = found
  }

  // MARK: - Mappings

  private static func mapping(
    _ name: String, _ node: Node, _ path: String
  ) throws(FileProblem) -> EventMapping {
    var origins: [EventMapping.Member: EventMapping.Origin] = [:]
    var keepsRest = true
    for (key, value) in try entries(
      of: node, in: path, "the mapping \(shown(name)) has a line for each member of an event")
    {
      guard let text = value.scalar?.string else {
        throw problem(value, path, "\(shown(key)) takes a path such as $.\(shown(key)), or a text")
      }
      if isSameText(key, "rest") {
        guard ["keep", "drop"].contains(text) else {
          throw problem(value, path, "rest is keep or drop, not \(shown(text))")
        }
        keepsRest = text == "keep"
        continue
      }
      guard let member = EventMapping.Member(rawValue: key) else {
        let known = EventMapping.Member.allCases.map(\.rawValue) + ["rest"]
        throw problem(
          value, path,
          "an event has no member \(shown(key)); a mapping has \(known.joined(separator: ", "))")
      }
      guard origins[member] == nil else { throw problem(value, path, "\(key) is there twice") }
      guard let origin = EventMapping.Origin(parsing: text) else {
        throw problem(
          value, path, "\(shown(text)) is no path; write one such as $.data.id or $.items[0].name")
      }
      origins[member] = origin
    }
    let mapping = EventMapping(name, origins, keepsRest: keepsRest)
    guard mapping.missing.isEmpty else {
      let names = mapping.missing.map(\.rawValue).joined(separator: ", ")
      throw problem(
        node, path, "the mapping \(shown(name)) lacks \(names), which every event needs")
    }
    return mapping
  }

  /// The keys and values of a node.
  private static func entries(
    of node: Node, in path: String, _ expected: String
  ) throws(FileProblem) -> [(String, Node)] {
    guard let mapping = node.mapping else { throw problem(node, path, expected) }
    var entries: [(String, Node)] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string else { throw problem(key, path, "a key is a word") }
      entries.append((name, value))
    }
    return entries
  }

  /// A text of the file as a sentence has it, which is cut when it is long.
  static func shown(_ text: String) -> String {
    text.count > 40 ? "\(text.prefix(39))…" : text
  }

  /// What a parser says is wrong, without the line, which may be long.
  static func words(of error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, yaml: _), .parser(_, let problem, let mark, yaml: _),
      .composer(_, let problem, let mark, yaml: _):
      "line \(mark.line), column \(mark.column): \(shown(problem))"
    case .duplicatedKeysInMapping(let duplicates, _):
      "the key \(shown(duplicates.first ?? "")) is there twice"
    case .reader(let problem, _, _, yaml: _): shown(problem)
    default: shown("\(error)")
    }
  }

  private static func problem(_ node: Node, _ path: String, _ what: String) -> FileProblem {
    FileProblem(node.mark.map { "\(path), line \($0.line): \(what)." } ?? "\(path): \(what).")
  }
}
