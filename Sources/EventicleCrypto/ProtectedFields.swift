public import EventicleCore

/// Which members of an event's data are protected, by event type.
///
/// ```swift
/// var fields: ProtectedFields = ["user.created": ["name", "address.street"]]
/// fields.protect(["payer.iban"], of: "payment.made", subject: .member("payer.id"))
/// ```
public struct ProtectedFields: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// Where an event tells whom it is about.
  public enum SubjectPlace: Sendable, Hashable, CustomStringConvertible {
    /// Its domain id.
    case domainID
    /// A text or a number in its data.
    case member(JSONPath)

    /// The place in words.
    public var description: String {
      switch self {
      case .domainID: "domainId"
      case .member(let path): "data.\(path)"
      }
    }
  }

  /// What is protected in events of one type.
  public struct Rule: Sendable, Hashable {
    /// Members whose values are sealed, whatever their kind; those that are absent are left alone.
    public var paths: [JSONPath]
    /// Members that were sealed once; they are opened still, but sealed no more.
    public var formerPaths: [JSONPath]
    /// Whose key protects them.
    public var subject: SubjectPlace

    /// A rule of these parts.
    public init(
      paths: [JSONPath], formerPaths: [JSONPath] = [], subject: SubjectPlace = .domainID
    ) {
      self.paths = paths
      self.formerPaths = formerPaths
      self.subject = subject
    }
  }

  /// The rules by event type.
  public private(set) var rules: [EventType: Rule]

  /// Protects nothing yet.
  public init() { rules = [:] }

  /// Protects these members, with the domain id as the subject.
  ///
  /// A type that is written twice has the members of both.
  public init(dictionaryLiteral elements: (EventType, [JSONPath])...) {
    self.init()
    for (type, paths) in elements { protect(paths, of: type) }
  }

  /// Protects more members of a type; the subject given last counts for all of them.
  public mutating func protect(
    _ paths: [JSONPath], of type: EventType, subject: SubjectPlace = .domainID
  ) {
    var rule = rules[type] ?? Rule(paths: [])
    rule.paths += paths.filter { !rule.paths.contains($0) }
    rule.formerPaths.removeAll { paths.contains($0) }
    rule.subject = subject
    rules[type] = rule
  }

  /// Protects members of a type no more; those of events stored before are opened as ever.
  public mutating func release(_ paths: [JSONPath], of type: EventType) {
    guard var rule = rules[type] else { return }
    rule.formerPaths += paths.filter { rule.paths.contains($0) }
    rule.paths.removeAll { paths.contains($0) }
    rules[type] = rule
  }

  /// The rule of a type; `nil` when nothing of it is protected.
  public subscript(type: EventType) -> Rule? { rules[type] }
}
