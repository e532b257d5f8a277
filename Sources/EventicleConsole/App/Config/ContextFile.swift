package import EventicleCore
package import EventicleWorkbench
import Foundation
import Yams

/// A running system by a name, as `contexts.yaml` has it.
package struct RemoteContext: Sendable, Hashable {
  package let name: String
  /// Its address, as `redis://prod.example:6379`; empty where there is only a store.
  package var address: String
  /// Its streams; those of the address when `nil`.
  package var streams: [String]?
  package var domain: String?
  package var colour = RemoteNotice.Colour.none
  package var user: String?
  package var password: PasswordSource?
  package var from: AttachStart?
  /// What keeps its states, as `postgres://prod.example/shop`, and the table there.
  package var store: String?
  package var table: String?
  package var storePassword: PasswordSource?

  package init(name: String, address: String) {
    self.name = name
    self.address = address
  }
}

/// The contexts of a person: `~/.config/eventicle/contexts.yaml`.
package struct ContextFile: Sendable {
  /// Where the file is, or would be.
  package let path: String
  private let environment: [String: String]

  package init(environment: [String: String]) {
    self.environment = environment
    let base =
      environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? (environment["HOME"] ?? "") + "/.config"
    path = base + "/eventicle/contexts.yaml"
  }

  /// The context with a name.
  ///
  /// - Throws: ``FileProblem`` when there is none, or when the file says what it cannot.
  package func context(_ name: String) throws(FileProblem) -> RemoteContext {
    guard FileManager.default.fileExists(atPath: path) else {
      throw FileProblem(
        "There is no context \"\(name)\": \(path) is not there. An address such as "
          + "redis://127.0.0.1:6379/orders needs none.")
    }
    let bytes = try Files.bytes(path, limit: YAMLCheck.mostBytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileProblem("\(path) is no UTF-8 text.")
    }
    let all = try entries(text)
    guard let found = all.first(where: { $0.0 == name }) else {
      let known = all.map(\.0).joined(separator: ", ")
      throw FileProblem(
        "There is no context \"\(name)\" in \(path); "
          + (known.isEmpty ? "it has none." : "it has \(known)."))
    }
    return try context(name, found.1)
  }

  private func entries(_ text: String) throws(FileProblem) -> [(String, Node)] {
    if let (line, what) = YAMLCheck.problem(in: text) {
      throw FileProblem("\(path), line \(line): \(what).")
    }
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw FileProblem("\(path) is no YAML: \(ProjectFile.words(of: error)).")
    }
    guard let root else { return [] }
    guard let mapping = root.mapping else {
      throw problem(root, "it has a name on each line, and below it what the context is")
    }
    return mapping.map { ($0.key.scalar?.string ?? "", $0.value) }
  }

  private func context(_ name: String, _ node: Node) throws(FileProblem) -> RemoteContext {
    guard let mapping = node.mapping else {
      throw problem(node, "\(name) has lines such as transport: redis://127.0.0.1:6379")
    }
    var context = RemoteContext(name: name, address: "")
    for (key, value) in mapping { try read(key.scalar?.string ?? "", value, into: &context) }
    guard !context.address.isEmpty || context.store != nil else {
      throw problem(
        node, "\(name) lacks a line such as transport: redis://127.0.0.1:6379, or a store")
    }
    if context.address.isEmpty {
      // Beside a transport, what has no store- in its name is the transport's.
      context.storePassword = context.storePassword ?? context.password
    }
    return context
  }

  private func read(
    _ key: String, _ value: Node, into context: inout RemoteContext
  ) throws(FileProblem) {
    switch key {
    case "transport": context.address = try text(value, "transport is an address")
    case "streams":
      if let list = value.sequence {
        var names: [String] = []
        for node in list { names.append(try text(node, "streams is a list of names")) }
        context.streams = names
      } else {
        let names = try text(value, "streams is a list of names, or \"*\" for all")
        context.streams = names.split(separator: ",").map {
          $0.trimmingCharacters(in: .whitespaces)
        }
      }
    case "store": context.store = try text(value, "store is an address")
    case "table": context.table = try text(value, "table is the name of a table")
    case "store-password-env":
      context.storePassword = .variable(
        try text(value, "store-password-env is the name of a variable"))
    case "store-password-file":
      let path = try text(value, "store-password-file is the path of a file")
      context.storePassword = context.storePassword ?? .file(path)
    case "domain": context.domain = try text(value, "domain is the name of a domain")
    case "colour":
      let word = try text(value, "colour is production, staging or none")
      guard let colour = RemoteNotice.Colour(rawValue: word) else {
        throw problem(
          value, "colour is production, staging or none, not \(ProjectFile.shown(word))")
      }
      context.colour = colour
    case "user": context.user = try text(value, "user is a name")
    case "password-env":
      context.password = .variable(try text(value, "password-env is the name of a variable"))
    case "password-file":
      let path = try text(value, "password-file is the path of a file")
      context.password = context.password ?? .file(path)
    case "from":
      let word = try text(value, "from is end, beginning, a time such as 30m, or a number")
      guard let from = AttachStart(parsing: word) else {
        throw problem(
          value,
          "from is end, beginning, a time such as 30m, or a number, not "
            + ProjectFile.shown(word))
      }
      context.from = from
    case "password":
      throw problem(
        value,
        "a password does not stand in this file; password-env names a variable that holds "
          + "it, and password-file a file that only you may read")
    default:
      throw problem(
        value,
        "nothing is called \(ProjectFile.shown(key)); there are transport, streams, domain, "
          + "colour, user, password-env, password-file, from, store, table, store-password-env and "
          + "store-password-file")
    }
  }

  private func text(_ node: Node, _ expected: String) throws(FileProblem) -> String {
    guard let text = node.scalar?.string, !text.isEmpty else { throw problem(node, expected) }
    return text
  }

  private func problem(_ node: Node, _ what: String) -> FileProblem {
    let place = node.mark.map { "\(path), line \($0.line)" } ?? path
    return FileProblem("\(place): \(what).")
  }
}
