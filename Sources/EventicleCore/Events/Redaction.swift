/// Hides personal data in events: the members that hold it, by type of event.
///
/// The rules of the type `*` apply to every event. In a path, the step `*` means every member of an
/// object or every element of an array: `lines[*].name`. A whole object can be hidden as well as a
/// single text within it.
public struct Redaction: Sendable, Hashable {
  /// The value that replaces whatever is hidden.
  public static let marker: JSON = "[redacted]"

  /// The type `*`, whose rules apply to every event.
  public static let everyType: EventType = "*"

  /// The paths into the data, by type of event.
  public let paths: [EventType: [JSONPath]]

  /// Hides the values at these paths, by type of event.
  public init(_ paths: [EventType: [JSONPath]]) { self.paths = paths }

  /// Parses paths that a person wrote, by type of event.
  ///
  /// - Throws: ``RedactionError`` that names the path that cannot be parsed.
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

  /// Whether an event of this type can have anything hidden; O(1).
  public func concerns(_ type: EventType) -> Bool {
    paths[type] != nil || paths[Redaction.everyType] != nil
  }

  /// The event with hidden values replaced by the marker.
  ///
  /// An event without such data keeps its exact bytes; data is parsed only when the type has rules.
  public func redact(_ event: Event) -> Event {
    guard concerns(event.type) else { return event }
    var data = event.data.value
    guard redact(&data, of: event.type) else { return event }
    var redacted = event
    redacted.data = JSONBytes(data)
    return redacted
  }

  /// Replaces hidden values in the data of an event with the marker.
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

  /// The value with the marker at the path, or `nil` when the path leads nowhere.
  private static func hidden(_ value: JSON, _ steps: ArraySlice<JSONPath.Step>) -> JSON? {
    guard let step = steps.first else { return marker }
    let rest = steps.dropFirst()
    var hasHidden = false
    switch (value, step) {
    case (.object(let object), .member(let name)):
      // A duplicate member holds the personal data a second time.
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

/// Why the paths to personal data cannot be parsed.
public struct RedactionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected and what was found.
  public let reason: String

  /// The reason, as a sentence for people.
  public var description: String { reason }
}
