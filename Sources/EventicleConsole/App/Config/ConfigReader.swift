import EventicleCore
import EventicleWorkbench
import Yams

/// Reads what the YAML of a configuration sets.
struct ConfigReader {
  /// The path of the file, for sentences.
  let path: String
  private(set) var config = ConsoleConfig()
  /// What is wrong in it, each as a sentence; the rest counts all the same.
  private(set) var problems: [String] = []

  /// What may stand at the top of such a file, besides what others read in it.
  static let names = ["theme", "mouse", "domain", "filters", "keys"]

  /// Reads a text.
  ///
  /// - Parameter others: What else may stand at the top.
  init(_ text: String, path: String, others: [String] = []) {
    self.path = path
    if let (line, what) = YAMLCheck.problem(in: text) {
      problems = ["\(path), line \(line): \(what)."]
      return
    }
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      problems = ["\(path) is no YAML: \(ProjectFile.words(of: error))."]
      return
    }
    guard let root else { return }
    guard let entries = entries(of: root, "it has lines such as theme: harbour-dark") else {
      return
    }
    for (name, value) in entries { read(name, value, others) }
  }

  private mutating func read(_ name: String, _ value: Node, _ others: [String]) {
    switch name {
    case "theme": config.theme = text(value, "theme is the name of a theme or the path of its file")
    case "domain": config.domain = text(value, "domain is the name of a domain")
    case "mouse":
      let word = text(value, "mouse is on or off")
      guard let word else { return }
      // YAML reads on and off as truth values, but they are words here.
      switch word.lowercased() {
      case "on", "true", "yes": config.isMouseOn = true
      case "off", "false", "no": config.isMouseOn = false
      default: say(value, "mouse is on or off, not \(ProjectFile.shown(word))")
      }
    case "filters":
      for (name, value) in entries(of: value, "filters has a filter by each name") ?? [] {
        readFilter(name, value)
      }
    case "keys":
      for (name, value) in entries(of: value, "keys has keys by the id of an action") ?? [] {
        readKeys(of: name, value)
      }
    default:
      guard !others.contains(name) else { return }
      let known = (Self.names + others).joined(separator: ", ")
      say(value, "nothing is called \(ProjectFile.shown(name)); there are \(known)")
    }
  }

  // MARK: - Filters

  private mutating func readFilter(_ name: String, _ value: Node) {
    var (filter, isDefault) = (value, false)
    if value.mapping != nil {
      guard let parts = entries(of: value, ""), let text = parts.first(where: { $0.0 == "filter" })
      else {
        return say(value, "the filter \(ProjectFile.shown(name)) lacks a line filter: EXPRESSION")
      }
      filter = text.1
      if let mark = parts.first(where: { $0.0 == "default" }) {
        guard let word = mark.1.scalar?.string, ["true", "false"].contains(word) else {
          return say(mark.1, "default is true or false")
        }
        isDefault = word == "true"
      }
      if let other = parts.first(where: { $0.0 != "filter" && $0.0 != "default" }) {
        return say(other.1, "a filter has filter and default, not \(ProjectFile.shown(other.0))")
      }
    }
    guard let text = text(filter, "a filter is an expression such as \"type:Order*\"") else {
      return
    }
    do throws(LanguageError) {
      _ = try FilterExpression(parsing: text)
    } catch {
      return say(filter, "the filter \(ProjectFile.shown(name)): \(error.message.withoutEnd)")
    }
    config.filters.append(NamedFilter(name: name, text: text, isDefault: isDefault))
  }

  // MARK: - Keys

  private mutating func readKeys(of name: String, _ value: Node) {
    guard let action = Action(rawValue: name) else {
      let nearest = TypoCorrection.nearest(to: name, among: Action.allCases.map(\.rawValue))
      let hint = nearest.map { "; did you mean \($0)?" } ?? "; ? lists them"
      return say(value, "there is no action \(ProjectFile.shown(name))\(hint)")
    }
    let nodes = value.sequence.map { Array($0) } ?? [value]
    var notations: [String] = []
    for node in nodes {
      guard let notation = text(node, "keys are written as \"x\", \"gs\", \"<C-p>\", \"<F5>\"")
      else {
        return
      }
      guard let keys = KeyPress.sequence(notation), !keys.isEmpty else {
        return say(
          node, "\(ProjectFile.shown(notation)) is no key; write x, gs, <C-p>, <A-x>, <F5>, <Space>"
        )
      }
      notations.append(notation)
    }
    config.keys.append(
      Keymap.Change(action: action, notations: notations, place: place(of: value)))
  }

  // MARK: - Nodes

  private mutating func entries(of node: Node, _ expected: String) -> [(String, Node)]? {
    guard let mapping = node.mapping else {
      say(node, expected)
      return nil
    }
    return mapping.map { ($0.key.scalar?.string ?? "", $0.value) }
  }

  private mutating func text(_ node: Node, _ expected: String) -> String? {
    guard let text = node.scalar?.string, !text.isEmpty else {
      say(node, expected)
      return nil
    }
    return text
  }

  private func place(of node: Node) -> String {
    node.mark.map { "\(path), line \($0.line)" } ?? path
  }

  private mutating func say(_ node: Node, _ what: String) {
    problems.append("\(place(of: node)): \(what).")
  }
}

extension String {
  /// The sentence without its full stop, to go on in another one.
  fileprivate var withoutEnd: String { hasSuffix(".") ? String(dropLast()) : self }
}
