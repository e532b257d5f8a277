/// Hides personal data of events: which members hold it, by the type of the event.
///
/// The rules of the type `*` hold for every event. In a path the step `*` stands for every member
/// of an object or every element of an array: `lines[*].name`. A whole object can be hidden as
/// well as one text in it.
public struct Redaction: Sendable, Hashable {
  /// What stands in the place of a value that is hidden.
  public static let marker: JSON = "[redacted]"

  /// The type whose rules hold for every event.
  public static let everyType: EventType = "*"

  /// The paths into the data by type.
  public let paths: [EventType: [JSONPath]]

  /// Hides what these paths of each type lead to.
  public init(_ paths: [EventType: [JSONPath]]) { self.paths = paths }

  /// Reads the paths that a person wrote, by type.
  ///
  /// - Throws: ``RedactionError`` that names the path that cannot be read.
  public init(parsing texts: [(type: String, path: String)]) throws(RedactionError) {
    var paths: [EventType: [JSONPath]] = [:]
    for (type, text) in texts {
      guard let path = JSONPath(parsing: text), !type.isEmpty else {
        throw RedactionError(
          reason: "Personal data is named by a type of event, or *, and a path such as "
            + "customer.email or lines[*].name, but this is \"\(type)\" and \"\(text)\".")
      }
      paths[EventType(type), default: []].append(path)
    }
    self.init(paths)
  }

  /// Whether anything of an event of this type could be hidden; O(1).
  public func concerns(_ type: EventType) -> Bool {
    paths[type] != nil || paths[Redaction.everyType] != nil
  }

  /// The event with markers in the place of what is hidden.
  ///
  /// An event without such data keeps its very bytes; data is parsed only when there are rules for
  /// the type.
  public func redact(_ event: Event) -> Event {
    guard concerns(event.type) else { return event }
    var data = event.data.value
    guard redact(&data, of: event.type) else { return event }
    var redacted = event
    redacted.data = JSONBytes(data)
    return redacted
  }

  /// Puts markers into the data of an event of a type.
  ///
  /// - Returns: Whether anything was hidden.
  public func redact(_ data: inout JSON, of type: EventType) -> Bool {
    var hasHidden = false
    let every = type == Redaction.everyType ? [] : paths[Redaction.everyType] ?? []
    for path in (paths[type] ?? []) + every {
      if let hidden = Redaction.hidden(data, path.steps[...]) {
        data = hidden
        hasHidden = true
      }
    }
    return hasHidden
  }

  /// The value with a marker where the path leads, or `nil` when it leads nowhere.
  private static func hidden(_ value: JSON, _ steps: ArraySlice<JSONPath.Step>) -> JSON? {
    guard let step = steps.first else { return marker }
    let rest = steps.dropFirst()
    var hasHidden = false
    switch (value, step) {
    case (.object(let object), .member(let name)):
      // A member that is written twice holds personal data twice.
      var members = object.members
      for index in members.indices where name == "*" || isSameText(members[index].key, name) {
        guard let hidden = hidden(members[index].value, rest) else { continue }
        members[index].value = hidden
        hasHidden = true
      }
      return hasHidden ? .object(JSONObject(members)) : nil
    case (.array(var values), _):
      for index in values.indices where step == .member("*") || step == .element(index) {
        guard let hidden = hidden(values[index], rest) else { continue }
        values[index] = hidden
        hasHidden = true
      }
      return hasHidden ? .array(values) : nil
    default: return nil
    }
  }
}

/// Why paths to personal data cannot be read.
public struct RedactionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected and what was found.
  public let reason: String

  /// The same in words.
  public var description: String { reason }
}
