public import EventicleCore

/// Which members of an event's data are protected, by event type.
///
/// ```swift
/// var fields: ProtectedFields = ["user.created": ["name", "address.street"]]
/// fields.protect(["payer.iban"], of: "payment.made", subject: .member("payer.id"))
/// ```
public struct ProtectedFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// Where an event names its subject.
  public enum SubjectPlace: Sendable, Hashable, CustomStringConvertible {
    /// Its domain id.
    case domainID
    /// A string or a number at a path in its data.
    case member(JSONPath)

    /// The place as shown in messages.
    public var description: String {
      switch self {
      case .domainID: "domainId"
      case .member(let path): "data.\(path)"
      }
    }
  }

  /// What is protected in events of one type.
  public struct Rule: Sendable, Hashable {
    /// The members to seal, whatever kind of value they hold; missing ones are skipped.
    public var paths: [JSONPath]
    /// Members that used to be sealed: they are still opened, but no longer sealed.
    public var formerPaths: [JSONPath]
    /// Where an event names the subject whose key protects it.
    public var subject: SubjectPlace

    /// A rule with these members; the subject is the domain id by default.
    public init(
      paths: [JSONPath], formerPaths: [JSONPath] = [], subject: SubjectPlace = .domainID
    ) {
      self.paths = paths
      self.formerPaths = formerPaths
      self.subject = subject
    }
  }

  /// The rules, one for each event type with protected members.
  public private(set) var rules: [EventType: Rule]

  /// Protects nothing.
  public init() { rules = [:] }

  /// Protects these members, with the domain id as the subject.
  ///
  /// A type that occurs twice gets the members of both.
  public init(dictionaryLiteral elements: (EventType, [JSONPath])...) {
    self.init()
    for (type, paths) in elements { protect(paths, of: type) }
  }

  /// Protects more members of a type; the subject given last applies to all of them.
  public mutating func protect(
    _ paths: [JSONPath], of type: EventType, subject: SubjectPlace = .domainID
  ) {
    var rule = rules[type] ?? Rule(paths: [])
    rule.paths += paths.filter { !rule.paths.contains($0) }
    rule.formerPaths.removeAll { paths.contains($0) }
    rule.subject = subject
    rules[type] = rule
  }

  /// Stops protecting members of a type; events stored before can still be opened.
  public mutating func release(_ paths: [JSONPath], of type: EventType) {
    guard var rule = rules[type] else { return }
    rule.formerPaths += paths.filter { rule.paths.contains($0) }
    rule.paths.removeAll { paths.contains($0) }
    rules[type] = rule
  }

  /// The rule of a type; `nil` when nothing in it is protected.
  public subscript(type: EventType) -> Rule? { rules[type] }
}
