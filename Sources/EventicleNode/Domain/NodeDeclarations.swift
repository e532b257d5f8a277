internal import EventicleCore

/// One thing that the team's code has declared.
struct NodeDeclaration: Sendable, Hashable {
  /// The kinds of declarations.
  enum Kind: String, Sendable {
    case source, command, view, adapter, subscription, saga, aggregate, jobs
  }

  /// The key by which requests name it.
  let key: String
  let kind: Kind
  /// What is said of it.
  let form: JSON

  init?(_ form: JSON) {
    guard let key = form["d"].string, let kind = form["kind"].string.flatMap({ Kind(rawValue: $0) })
    else { return nil }
    self.key = key
    self.kind = kind
    self.form = form
  }

  subscript(member: String) -> JSON { form[member] }

  /// A text of the declaration; empty where there is none.
  func text(_ member: String) -> String { form[member].string ?? "" }

  /// A list of texts of the declaration.
  func texts(_ member: String) -> [String] { form[member].array?.compactMap(\.string) ?? [] }

  /// Whether a member is true.
  func isSet(_ member: String) -> Bool { form[member].bool ?? false }

  /// The most pieces of work at once; 1 where nothing is said.
  var parallel: Int { max(1, form["parallel"].integer ?? 1) }

  /// Whether the view keeps what it knows in the memory of node, so that each start reads history
  /// anew.
  var isInMemory: Bool { isSet("memory") }
}

/// What the team's code has declared, in the order in which it first did.
struct NodeDeclarations: Sendable {
  private(set) var all: [NodeDeclaration] = []
  /// Raised by every change.
  private(set) var revision = 0
  /// The declarations that a handler made, after the code had been loaded.
  private(set) var late = 0

  /// Adds a declaration, or replaces the one of the same key.
  mutating func add(_ form: JSON, byHandler: Bool) {
    guard let declaration = NodeDeclaration(form) else { return }
    if let place = all.firstIndex(where: { $0.key == declaration.key }) {
      guard all[place] != declaration else { return }
      all[place] = declaration
    } else {
      all.append(declaration)
    }
    revision += 1
    if byHandler { late += 1 }
  }

  /// Takes a declaration back.
  mutating func remove(_ key: String) {
    guard let place = all.firstIndex(where: { $0.key == key }) else { return }
    all.remove(at: place)
    revision += 1
  }

  /// The declarations of a kind.
  func all(_ kind: NodeDeclaration.Kind) -> [NodeDeclaration] { all.filter { $0.kind == kind } }

  /// Whether there is a declaration under a key.
  func has(_ key: String) -> Bool { all.contains { $0.key == key } }
}
