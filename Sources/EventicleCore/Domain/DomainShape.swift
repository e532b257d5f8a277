/// What a domain declares, as a value that can be kept and compared: names, streams, types of
/// events, versions, and by what rows and instances are found.
///
/// The code of handlers is not in it.
package struct DomainShape: Sendable, Hashable {
  /// The kinds of declarations, in the order in which differences are told.
  enum Kind: String, CaseIterable, Sendable {
    case views, sagas, adapters, aggregates, commands, indexes, upcasters

    /// One of them.
    var word: String { self == .indexes ? "index" : String(rawValue.dropLast()) }

    /// Whether their order is the order of delivery.
    var isOrdered: Bool { [.views, .sagas, .adapters].contains(self) }
  }

  /// One declaration.
  struct Part: Sendable, Hashable {
    let kind: Kind
    /// Unique among its kind.
    let name: String
    let facts: JSONObject
  }

  let parts: [Part]
  /// Its JSON in compact form: the same declarations give the same bytes.
  package let text: String

  /// The shape of a domain.
  package init(_ domain: Domain) {
    parts = Kind.allCases.flatMap { kind in
      let all = DomainShape.declarations(kind, of: domain)
      let ordered = kind.isOrdered ? all : all.sorted { $0.name < $1.name }
      return ordered.map { Part(kind: kind, name: $0.name, facts: JSONObject($0.facts)) }
    }
    var members = [("name", JSON.string(domain.name)), ("source", JSON.string(domain.source))]
    for kind in Kind.allCases {
      let values = parts.filter { $0.kind == kind }.map { part in
        let name = JSONObject.Member(key: "name", value: .string(part.name))
        return JSON.object(JSONObject([name] + part.facts.members))
      }
      members.append((kind.rawValue, .array(values)))
    }
    text = JSON.object(JSONObject(members)).description
  }

  /// The shape that a text says; `nil` for a text that is none.
  package init?(_ text: String) {
    guard let value = try? JSON(parsing: text), let object = value.object else { return nil }
    self.text = text
    var parts: [Part] = []
    for kind in Kind.allCases {
      for value in object[kind.rawValue]?.array ?? [] {
        guard var facts = value.object, let name = facts["name"]?.string else { return nil }
        facts["name"] = nil
        parts.append(Part(kind: kind, name: name, facts: facts))
      }
    }
    self.parts = parts
  }

  // MARK: - Declarations

  private typealias Declaration = (name: String, facts: [(String, JSON)])

  private static func declarations(_ kind: Kind, of domain: Domain) -> [Declaration] {
    switch kind {
    case .views:
      domain.views.map { ($0.name, consumer($0.group, $0.streams, $0.reactions, $0.options)) }
    case .adapters:
      domain.adapters.map { ($0.name, consumer($0.group, $0.streams, $0.reactions, $0.options)) }
    case .sagas: domain.sagas.map { ($0.name, facts(of: $0)) }
    case .aggregates: domain.aggregates.map { ($0.type, facts(of: $0)) }
    case .commands: domain.commands.map { ($0.type, facts(of: $0)) }
    case .indexes: domain.indexes.map { ($0.description, [("unique", .bool($0.isUnique))]) }
    case .upcasters:
      domain.upcasters.all.map { ($0.source, [("leads to", .string($0.target))]) }
    }
  }

  private static func consumer(
    _ group: GroupName, _ streams: [StreamName], _ reactions: Reactions, _ options: ConsumerOptions
  ) -> [(String, JSON)] {
    [
      ("group", .string(group.text)), ("streams", list(streams.map(\.text))),
      ("handles", reactions.types.map { list($0.map(\.text).sorted()) } ?? "*"),
      ("options", facts(of: options)),
    ]
  }

  private static func facts(of saga: Saga) -> [(String, JSON)] {
    [
      ("version", .int(saga.version)), ("streams", list(saga.streams.map(\.text))),
      ("starts on", list(saga.startTypes.map(\.text))),
      ("handles", list((saga.handledTypes + saga.statelessTypes).map(\.text).sorted())),
      ("timers", list(saga.timerNames + (saga.anyTimer == nil ? [] : ["*"]))),
      ("matches by", saga.router == nil ? list(saga.matchProperties) : "*"),
      ("hot slots", saga.hotParallel.map { .int($0) } ?? .null),
      ("step limit", saga.stepLimit.map { .string("\($0)") } ?? .null),
      ("options", facts(of: saga.options)),
    ]
  }

  private static func facts(of root: AggregateRoot) -> [(String, JSON)] {
    [
      ("stream", .string(root.stream.text)), ("prefix of ids", .string(root.idPrefix)),
      ("reduces", root.folder == nil ? list(root.reducers.keys.map(\.text).sorted()) : "*"),
      ("machine", .bool(root.machine != nil)),
      ("snapshots every", root.snapshotEvery.map { .int($0) } ?? .null),
    ]
  }

  private static func facts(of command: Command) -> [(String, JSON)] {
    let fields = command.fields.map { field in
      let kind = field.isRequired ? field.kind.rawValue : "\(field.kind.rawValue)?"
      return "\(field.name): \(kind)"
    }
    return [("stream", .string(command.stream.text)), ("arguments", list(fields))]
  }

  private static func facts(of options: ConsumerOptions) -> JSON {
    [
      "policy": .string("\(options.policy)"), "parallel": .int(options.parallel),
      "once": .bool(options.isIdempotent), "waits": .bool(options.waitsForParked),
    ]
  }

  private static func list(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }

  // MARK: - Differences

  /// One difference from an older shape.
  enum Difference: Sendable, Hashable {
    case new(Part)
    case gone(Part)
    /// The part as it was and as it is, with the names of the facts that differ.
    case changed(Part, Part, facts: [String])
    /// All are there as they were, in another order.
    case reordered(Kind)
  }

  /// What is different from an older shape, in the order of kinds.
  func differences(since old: DomainShape) -> [Difference] {
    Kind.allCases.flatMap { kind in
      let (was, now) = (old.parts.filter { $0.kind == kind }, parts.filter { $0.kind == kind })
      var found: [Difference] = []
      for part in now {
        guard let before = was.first(where: { $0.name == part.name }) else {
          found.append(.new(part))
          continue
        }
        let facts = part.facts.keys.filter { before.facts[$0] != part.facts[$0] }
        if !facts.isEmpty { found.append(.changed(before, part, facts: facts)) }
      }
      let gone = was.filter { part in !now.contains { $0.name == part.name } }
      found += gone.map { .gone($0) }
      let stayed = now.map(\.name).filter { name in was.contains { $0.name == name } }
      if kind.isOrdered, stayed != was.map(\.name).filter({ stayed.contains($0) }) {
        found.append(.reordered(kind))
      }
      return found
    }
  }
}
