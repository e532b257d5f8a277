package import EventicleCore

/// One field of the data that a line writes.
package struct Item: Hashable, Sendable {
  /// The path of the value; empty for the whole data.
  package let path: ItemPath
  package let value: ItemValue

  /// A value at a path.
  package init(_ path: ItemPath, _ value: ItemValue) {
    self.path = path
    self.value = value
  }
}

/// The value of a field.
package enum ItemValue: Hashable, Sendable {
  /// A known value: a string from `path=text`, any JSON from `path:=json`.
  case json(JSON)
  /// A text with `{{…}}` or `%{…}` in it.
  case text(TextTemplate)
  /// JSON text with `{{…}}` or `%{…}` in it, which is JSON only once these are filled in.
  case template(TextTemplate)
  /// What a file holds: a text after `=@`, JSON after `:=@`.
  case file(Located<String>, isJSON: Bool)
}

/// Information about an event besides its data: `causedBy:#12`, `at:+5m`.
package enum Metadata: Hashable, Sendable {
  /// `causedBy:` the event that caused it.
  case causedBy(CauseReference)
  /// `at:` when it happened, or will happen.
  case at(TimeExpression)
  /// `createdAt:` its timestamp.
  case createdAt(TimeExpression)
  /// `source:` the service it comes from.
  case source(String)
  /// `type:` its event type.
  case type(EventType)
  /// `id:` its own id.
  case id(EventID)
  /// `domainId:` the id of the thing it is about.
  case domainID(DomainID)
  /// `additional:'{…}'` the members beside an event's own, as one JSON object.
  case additional(JSONBytes?)
  /// Any of these with `{{…}}` or `%{…}` in its value.
  case template(name: String, TextTemplate)

  /// The accepted names before the colon.
  package static let names = [
    "causedBy", "at", "createdAt", "source", "type", "id", "domainId", "additional",
  ]

  /// The name before the colon.
  package var name: String {
    switch self {
    case .causedBy: "causedBy"
    case .at: "at"
    case .createdAt: "createdAt"
    case .source: "source"
    case .type: "type"
    case .id: "id"
    case .domainID: "domainId"
    case .additional: "additional"
    case .template(let name, _): name
    }
  }

  init(_ name: String, at place: Span, _ value: SourceText) throws(LanguageError) {
    guard Metadata.names.contains(name) else {
      throw LanguageError.unknown(
        "metadata", name, at: place, among: Metadata.names,
        hint: "A field of the data is written with = or :=; a text with a colon needs quotes.")
    }
    guard !value.isEmpty else { throw value.error("After \(name): a value is missing.") }
    if name != "additional", let template = try TextTemplate.read(value) {
      guard name != "type" else {
        throw value.error("A type has no blanks such as {{Count}}; write the type itself.")
      }
      self = .template(name: name, template)
      return
    }
    switch name {
    case "causedBy": self = .causedBy(CauseReference(value))
    case "at": self = .at(try Metadata.time(value))
    case "createdAt": self = .createdAt(try Metadata.time(value))
    case "source": self = .source(value.string)
    case "type": self = .type(EventType(value.string))
    case "id": self = .id(EventID(value.string))
    case "additional": self = .additional(try Metadata.additional(value))
    default: self = .domainID(DomainID(value.string))
    }
  }

  private static func additional(_ text: SourceText) throws(LanguageError) -> JSONBytes? {
    do throws(EventFormatError) {
      return try EventReader.additionalMembers(Array(text.string.utf8))
    } catch {
      throw text.error(
        "additional: takes the members beside an event's own as one quoted object, as in "
          + "additional:'{\"correlationId\":\"c-1\"}', but \(error.reason).")
    }
  }

  private static func time(_ text: SourceText) throws(LanguageError) -> TimeExpression {
    guard let time = TimeExpression(parsing: text.string) else {
      throw text.error(
        "\"\(LanguageError.shortened(text.string))\" is not a time. "
          + "A time is \(TimeExpression.forms).")
    }
    return time
  }
}
