package import EventicleCore

/// What `export` is to write, and where.
package struct ExportRequest: Hashable, Sendable {
  /// The language of a test.
  package enum TestLanguage: String, Hashable, Sendable, CaseIterable {
    case swift
    case javaScript = "js"
  }

  /// The language of a diagram.
  package enum DiagramLanguage: String, Hashable, Sendable, CaseIterable {
    case mermaid
    case dot
  }

  /// The language of a chart: of a diagram, or that of charts themselves.
  package enum ChartLanguage: String, Hashable, Sendable, CaseIterable {
    case mermaid
    case dot
    case scxml
  }

  /// What is written.
  package enum Content: Hashable, Sendable {
    /// A test of a range of moments, by default of all up to the time cursor.
    case test(TestLanguage, Located<MomentRange>?)
    /// The conversation of a place, by default of the event at the time cursor.
    case flow(Located<PositionExpression>?, DiagramLanguage)
    /// A saga, or what an instance has done.
    case saga(Located<SagaReference>, DiagramLanguage)
    /// The states of a type of aggregate, or where an instance is among them.
    case chart(Located<String>, key: Located<DomainID>?, ChartLanguage)
    /// Who asks, what happens, who is woken.
    case map(DiagramLanguage)
  }

  package let content: Content
  /// The file; the text is shown or printed when `nil`.
  package let path: Located<String>?
  /// Whether a file of somebody else is replaced.
  package let force: Bool
}

/// A range of moments: `#3..#8`, `j10..j20`, `3..8` for events.
package struct MomentRange: Hashable, Sendable, CustomStringConvertible {
  /// With what it begins; with everything by default.
  package let first: PositionExpression?
  /// With what it ends, included; with the time cursor by default.
  package let last: PositionExpression?

  /// Reads a range; `nil` for a text that is none.
  package init?(parsing text: String) {
    let dots = text.utf8.indices.first { text[$0...].utf8.starts(with: [Byte.dot, Byte.dot]) }
    guard let dots else { return nil }
    let (left, right) = (text[..<dots], text[dots...].dropFirst(2))
    func place(_ part: Substring) -> PositionExpression? {
      if let number = PositionExpression.count(part) { return .event(Position(number)) }
      guard let first = part.first, "#j".contains(first),
        let place = try? PositionExpression(parsing: part)
      else { return nil }
      switch place {
      case .event, .entry, .moment: return place
      default: return nil
      }
    }
    (first, last) = (place(left), place(right))
    guard left.isEmpty || first != nil, right.isEmpty || last != nil else { return nil }
  }

  /// The range as it is written and read.
  package var description: String {
    "\(first.map { "\($0)" } ?? "")..\(last.map { "\($0)" } ?? "")"
  }
}
