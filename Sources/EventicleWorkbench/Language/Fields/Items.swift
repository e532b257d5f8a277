package import EventicleCore

/// The fields and metadata of an event or command, in the order they were written.
package struct Items: Hashable, Sendable {
  /// The fields of the data.
  package private(set) var fields: [Located<Item>] = []
  /// What is given besides the data.
  package private(set) var metadata: [Located<Metadata>] = []

  /// No fields and no metadata.
  package init() {}

  /// Whether nothing was written.
  package var isEmpty: Bool { fields.isEmpty && metadata.isEmpty }

  /// Whether it is all data that stands in the line.
  var isDataAlone: Bool { metadata.isEmpty && !fields.contains { $0.value.value.isFile } }

  mutating func append(_ item: Located<Item>) { fields.append(item) }

  mutating func append(_ fact: Located<Metadata>) { metadata.append(fact) }

  /// The same fields, each changed.
  func mappingFields<Failure: Error>(
    _ change: (Item) throws(Failure) -> Item
  ) throws(Failure) -> Items {
    var items = Items()
    items.metadata = metadata
    for field in fields {
      items.append(Located(try change(field.value), field.span))
    }
    return items
  }

  /// The most fields and metadata that one command may have.
  static let limit = 1_000

  /// Builds the data: an object with every field at its path; of two at one path the later counts.
  ///
  /// - Parameter base: What the fields are put into.
  /// - Throws: ``LanguageError`` at a value that still has something to fill in, at a field that
  ///   would take away what another one wrote, and when the data becomes nested too deep or mostly
  ///   empty.
  package func data(over base: JSON = .emptyObject) throws(LanguageError) -> JSON {
    var data = base
    var builder = DataBuilder()
    for (index, field) in fields.enumerated() {
      try refuseClash(index)
      guard case .json(let value) = field.value.value else {
        throw field.error(
          field.value.value.isFile
            ? "The file of this value is not read; write the value itself."
            : "This value has a template that is not filled in; write the value itself.")
      }
      let steps = field.value.path.steps
      guard !DataBuilder.isDeeper(value, than: Limits.jsonDepth - 1 - steps.count) else {
        throw field.error("With this the data is nested deeper than \(Limits.jsonDepth) levels.")
      }
      builder.set(value, at: steps[...], in: &data)
      guard builder.filled <= Limits.jsonGrowth else {
        throw field.error(
          "With this more than \(Limits.jsonGrowth) elements are empty; use smaller indices.")
      }
    }
    return data
  }

  private func last<Value>(_ read: (Metadata) -> Value?) -> Located<Value>? {
    for fact in metadata.reversed() {
      if let value = read(fact.value) { return Located(value, fact.span) }
    }
    return nil
  }

  /// The cause that was given, if any.
  package var causedBy: Located<CauseReference>? {
    last { if case .causedBy(let value) = $0 { value } else { nil } }
  }

  /// When it happens; `createdAt:` and `at:` are synonyms.
  package var createdAt: Located<TimeExpression>? {
    last {
      switch $0 {
      case .at(let value), .createdAt(let value): value
      default: nil
      }
    }
  }

  /// The source that was given, if any.
  package var source: Located<String>? {
    last { if case .source(let value) = $0 { value } else { nil } }
  }

  /// The type that was given as metadata, if any.
  package var type: Located<EventType>? {
    last { if case .type(let value) = $0 { value } else { nil } }
  }

  /// The event's own id that was given, if any.
  package var id: Located<EventID>? {
    last { if case .id(let value) = $0 { value } else { nil } }
  }

  /// The members beside the event's own that were given, if any.
  package var additional: Located<JSONBytes?>? {
    last { if case .additional(let value) = $0 { value } else { nil } }
  }

  /// The domain id that was given as metadata, if any.
  package var domainID: Located<DomainID>? {
    last { if case .domainID(let value) = $0 { value } else { nil } }
  }
}

/// Sets values at paths and counts the empty elements that indices create on the way.
private struct DataBuilder {
  /// The number of elements created only because a later one was given.
  private(set) var filled = 0

  mutating func set(
    _ value: JSON, at steps: ArraySlice<ItemPath.Step>, in data: inout JSON
  ) {
    guard let step = steps.first else {
      data = value
      return
    }
    switch step {
    case .member(let name):
      var child = data[name]
      set(value, at: steps.dropFirst(), in: &child)
      data[name] = child
    case .element(let index):
      set(value, at: index, then: steps.dropFirst(), in: &data)
    case .append:
      set(value, at: data.array?.count ?? 0, then: steps.dropFirst(), in: &data)
    }
  }

  private mutating func set(
    _ value: JSON, at index: Int, then steps: ArraySlice<ItemPath.Step>, in data: inout JSON
  ) {
    var values = data.array ?? []
    if values.count <= index {
      filled += index - values.count
      values += repeatElement(JSON.null, count: index - values.count + 1)
    }
    set(value, at: steps, in: &values[index])
    data = .array(values)
  }

  /// Whether a value is nested deeper than a limit.
  static func isDeeper(_ value: JSON, than limit: Int) -> Bool {
    switch value {
    case .array(let values): limit <= 0 || values.contains { isDeeper($0, than: limit - 1) }
    case .object(let object):
      limit <= 0 || object.members.contains { isDeeper($0.value, than: limit - 1) }
    default: false
    }
  }
}
