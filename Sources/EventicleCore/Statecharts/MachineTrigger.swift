/// The event, delay or other occasion on which a transition may be taken.
public enum MachineTrigger: Sendable, Hashable, CustomStringConvertible {
  /// A message by its descriptor: a name; `error.*` for `error` and every name that goes on after
  /// `error.`; `*` for every message.
  ///
  /// Of several that fit in the same state a name comes first, then the longest prefix, then `*`.
  case message(String)
  /// Any of several messages, each by its descriptor.
  case messages([String])
  /// Nothing: the transition is taken as soon as its guard holds.
  case always
  /// Having been in the state for this long.
  case after(Interval)
  /// The end of the state: its final child is entered, or all its regions are done.
  case done

  /// The descriptors of the messages that trigger it; empty for other occasions.
  public var descriptors: [String] {
    switch self {
    case .message(let descriptor): [descriptor]
    case .messages(let descriptors): descriptors
    case .always, .after, .done: []
    }
  }

  /// `OPEN`, `OPEN, UNLOCK`, `always`, `after 30s` or `done`.
  public var description: String {
    switch self {
    case .message, .messages:
      descriptors.map { $0 == "*" ? "any message" : $0 }.joined(separator: ", ")
    case .always: "always"
    case .after(let interval): "after \(interval)"
    case .done: "done"
    }
  }

  /// Whether a descriptor fits a message's name: the same, a prefix that ends with `.*`, or `*`.
  public static func fits(_ descriptor: String, _ name: String) -> Bool {
    if descriptor == "*" { return true }
    guard let prefix = prefix(of: descriptor) else { return isSameText(descriptor, name) }
    return isPrefix(prefix, of: name)
  }

  /// What stands before the final `.*` of a descriptor; `nil` for other descriptors.
  static func prefix(of descriptor: String) -> String? {
    guard descriptor.utf8.count > 2, descriptor.hasSuffix(".*") else { return nil }
    return String(descriptor.dropLast(2))
  }

  /// Whether a name is a prefix, or goes on with a dot after it.
  static func isPrefix(_ prefix: String, of name: String) -> Bool {
    guard name.utf8.starts(with: prefix.utf8) else { return false }
    let rest = name.utf8.dropFirst(prefix.utf8.count)
    return rest.isEmpty || rest.first == UInt8(ascii: ".")
  }
}
