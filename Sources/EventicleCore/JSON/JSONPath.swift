/// A path to a value inside a JSON value: `lines[0].sku`.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  /// One step of a path.
  public enum Step: Sendable, Hashable {
    /// Into the member of an object with this name.
    case member(String)
    /// Into the element of an array at this index, from 0.
    case element(Int)
  }

  /// The steps from the outermost value inwards.
  public let steps: [Step]

  /// A path of these steps; none lead to the value itself.
  public init(_ steps: [Step]) { self.steps = steps }

  /// Reads a path literal; a literal that is not a path counts as one member name.
  public init(stringLiteral value: String) {
    self = JSONPath(parsing: value) ?? JSONPath([.member(value)])
  }

  /// Reads `a.b[0].c`, `a[name]` or `a["any text"]`; `nil` when the text is not a path.
  public init?(parsing text: some StringProtocol) {
    var steps: [Step] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      if rest.first == "[" {
        guard let close = rest.firstIndex(of: "]") else { return nil }
        var inner = rest[rest.index(after: rest.startIndex)..<close]
        rest = rest[rest.index(after: close)...]
        if inner.count >= 2, inner.first == "\"", inner.last == "\"" {
          inner = inner.dropFirst().dropLast()
          steps.append(.member(String(inner)))
        } else if let index = Int(inner), index >= 0 {
          steps.append(.element(index))
        } else {
          guard !inner.isEmpty else { return nil }
          steps.append(.member(String(inner)))
        }
      } else {
        if !steps.isEmpty {
          guard rest.first == "." else { return nil }
          rest = rest.dropFirst()
        }
        let name = rest.prefix { $0 != "." && $0 != "[" && $0 != "]" }
        guard !name.isEmpty else { return nil }
        rest = rest.dropFirst(name.count)
        steps.append(.member(String(name)))
      }
    }
    guard !steps.isEmpty else { return nil }
    self.steps = steps
  }

  /// The path as it is written and read: `lines[0].sku`.
  public var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .member(let name): text += text.isEmpty ? name : ".\(name)"
      case .element(let index): text += "[\(index)]"
      }
    }
    return text
  }
}

extension JSON {
  /// The value at a path; `nil` when there is none, while an explicit `null` is found.
  public func value(at path: JSONPath) -> JSON? { value(at: path.steps[...]) }

  private func value(at steps: ArraySlice<JSONPath.Step>) -> JSON? {
    guard let step = steps.first else { return self }
    switch step {
    case .member(let name): return object?[name]?.value(at: steps.dropFirst())
    case .element(let index):
      guard case .array(let values) = self, values.indices.contains(index) else { return nil }
      return values[index].value(at: steps.dropFirst())
    }
  }

  /// Sets the value at a path, creating the objects and arrays on the way.
  ///
  /// An array is filled with `null` up to the index; an index of ``Limits/jsonGrowth`` or more
  /// changes nothing.
  public mutating func set(_ value: JSON, at path: JSONPath) {
    set(value, at: path.steps[...])
  }

  private mutating func set(_ value: JSON, at steps: ArraySlice<JSONPath.Step>) {
    guard let step = steps.first else {
      self = value
      return
    }
    switch step {
    case .member(let name):
      var child = self[name]
      child.set(value, at: steps.dropFirst())
      self[name] = child
    case .element(let index):
      guard index < Limits.jsonGrowth else { return }
      var values = array ?? []
      while values.count <= index { values.append(.null) }
      values[index].set(value, at: steps.dropFirst())
      self = .array(values)
    }
  }
}
