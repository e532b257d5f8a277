package import EventicleCore

/// How the JSON objects of another tool become events: where each member of an event comes from.
package struct EventMapping: Sendable, Hashable {
  /// A member of an event that a mapping can fill.
  package enum Member: String, CaseIterable, Sendable, Hashable {
    case id, type, source, causedById, causedByType, stream, workspace, domainId, createdAt, data
    case apmTrace

    /// Whether no event is without it.
    package var isRequired: Bool {
      switch self {
      case .id, .type, .stream, .createdAt: true
      default: false
      }
    }
  }

  /// Where a member comes from.
  package enum Origin: Sendable, Hashable {
    /// The value at a path.
    case path(JSONPath)
    /// The JSON in the text at a path.
    case parsed(JSONPath)
    /// A text, with the values at paths put in.
    case text([Part])

    /// A part of a text.
    package enum Part: Sendable, Hashable {
      case fixed(String)
      case path(JSONPath)
    }
  }

  /// The name by which it is chosen.
  package let name: String
  private let origins: [Member: Origin]
  /// Whether what nothing is made of stays beside the event.
  private let keepsRest: Bool

  /// Creates a mapping.
  ///
  /// - Parameter keepsRest: Whether members of an object that become no member of the event are kept
  ///   beside it.
  package init(_ name: String, _ origins: [Member: Origin], keepsRest: Bool = true) {
    self.name = name
    self.origins = origins
    self.keepsRest = keepsRest
  }

  /// The members that no event is without and for which it has no origin.
  package var missing: [Member] {
    Member.allCases.filter { $0.isRequired && origins[$0] == nil }
  }

  // MARK: - Mapping

  /// The event's JSON that a line becomes.
  func eventText(of line: [UInt8]) throws(RecordError) -> [UInt8] {
    let object: JSONBytes
    do throws(JSONError) { object = try JSONBytes(scanning: line) } catch {
      throw RecordError(error)
    }
    guard let members = object.memberTexts else {
      throw RecordError("the mapping \(name) reads JSON objects, one a line")
    }
    var text = ObjectText()
    var used: Set<String> = []
    for member in Member.allCases {
      guard let origin = origins[member] else { continue }
      let found = try value(of: member, origin, in: object)
      guard let found else {
        guard !member.isRequired else {
          throw RecordError("the mapping \(name) finds no \(member.rawValue) in the line")
        }
        continue
      }
      text.add(member.rawValue, found.value)
      if found.isWhole, case .path(let path) = origin, path.steps.count == 1,
        case .member(let name) = path.steps[0]
      {
        used.insert(name)
      }
    }
    for name in used where members.count(where: { $0.name == name }) > 1 {
      throw RecordError("the member \(name) is there twice")
    }
    guard text.count <= Limits.eventLineBytes else { throw tooLong }
    guard keepsRest else { return text.bytes }
    for member in members where !used.contains(member.name) {
      if Member(rawValue: member.name) == nil {
        text.add(member)
      } else {
        // The event has a member of that name, which comes from elsewhere.
        text.add("_" + member.name, member.value)
      }
    }
    return text.bytes
  }

  private var tooLong: RecordError {
    RecordError(
      "the mapping \(name) makes more of it than the \(Limits.eventLineBytes) bytes that a line of "
        + "events may have")
  }

  /// The value of a member, and whether it is all that its origin says.
  private func value(
    of member: Member, _ origin: Origin, in object: JSONBytes
  ) throws(RecordError) -> (value: JSONBytes, isWhole: Bool)? {
    switch origin {
    case .text(let parts):
      var text = ""
      for part in parts {
        switch part {
        case .fixed(let fixed): text += fixed
        case .path(let path):
          guard let found = try self.text(at: path, for: member, in: object) else { return nil }
          text += found
        }
        // A long value may be put in many times.
        guard text.utf8.count <= Limits.eventLineBytes else { throw tooLong }
      }
      return (JSONBytes(.string(text)), false)
    case .parsed(let path):
      guard let found = try text(at: path, for: member, in: object) else { return nil }
      do throws(JSONError) { return (try JSONBytes(scanning: Array(found.utf8)), false) } catch {
        throw RecordError("the text at $.\(path) is no JSON: \(error.reason)")
      }
    case .path(let path):
      guard let found = object.part(at: path) else { return nil }
      if member == .data { return (found, true) }
      if member == .createdAt { return try moment(found, path) }
      guard let text = try text(at: path, for: member, in: object) else { return nil }
      return (JSONBytes(.string(text)), true)
    }
  }

  /// A moment to the millisecond; what is finer stays in the rest.
  private func moment(
    _ value: JSONBytes, _ path: JSONPath
  ) throws(RecordError) -> (value: JSONBytes, isWhole: Bool)? {
    guard value.utf8.first != 0x6E else { return nil }
    let moment = value.utf8.withContiguousStorageIfAvailable { EventMoment.read($0) } ?? nil
    switch moment {
    case .exact(let instant): return (JSONBytes(.int(Int(instant.milliseconds))), true)
    case .tooFine(let instant): return (JSONBytes(.int(Int(instant.milliseconds))), false)
    case nil:
      throw RecordError(
        "$.\(path) must be milliseconds since 1970 or an ISO 8601 text to be the createdAt")
    }
  }

  /// The text of a value that is a text, a number or a truth value; `nil` when there is none.
  private func text(
    at path: JSONPath, for member: Member, in object: JSONBytes
  ) throws(RecordError) -> String? {
    guard let found = object.part(at: path), let first = found.utf8.first, first != 0x6E else {
      return nil
    }
    if first == 0x22 {
      guard let text = found.exactText else {
        throw RecordError("$.\(path) has half of a surrogate pair, which is no character")
      }
      return text.isEmpty ? nil : text
    }
    guard first != 0x7B, first != 0x5B else {
      throw RecordError("$.\(path) must be a text or a number to be the \(member.rawValue)")
    }
    return found.description
  }
}

extension EventMapping.Origin {
  /// Reads an origin: `$.a.b`, `json($.a)`, or a text in which `{$.a}` stands for a value.
  ///
  /// - Returns: `nil` when a path in it is none.
  package init?(parsing text: String) {
    if text.hasPrefix("$") {
      guard let path = Self.path(text) else { return nil }
      self = .path(path)
      return
    }
    if text.hasPrefix("json("), text.hasSuffix(")") {
      guard let path = Self.path(String(text.dropFirst(5).dropLast())) else { return nil }
      self = .parsed(path)
      return
    }
    var parts: [Part] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "{$") {
      guard let end = rest[start.upperBound...].firstIndex(of: "}"),
        let path = Self.path(String(rest[rest.index(after: start.lowerBound)..<end]))
      else { return nil }
      if start.lowerBound > rest.startIndex {
        parts.append(.fixed(String(rest[..<start.lowerBound])))
      }
      parts.append(.path(path))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty || parts.isEmpty { parts.append(.fixed(String(rest))) }
    self = .text(parts)
  }

  /// A path from the whole object, which is `$`.
  private static func path(_ text: String) -> JSONPath? {
    guard text.hasPrefix("$") else { return nil }
    let rest = text.dropFirst()
    if rest.isEmpty { return JSONPath([]) }
    guard rest.first == "." || rest.first == "[" else { return nil }
    return JSONPath(parsing: rest.first == "." ? rest.dropFirst() : rest)
  }
}
