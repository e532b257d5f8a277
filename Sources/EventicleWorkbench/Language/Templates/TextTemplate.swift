package import EventicleCore

/// A text with blanks that are filled in when its line is carried out: `order-{{Count}}`.
package struct TextTemplate: Hashable, Sendable, CustomStringConvertible {
  /// A piece of the text.
  package enum Part: Hashable, Sendable {
    case text(String)
    case blank(Blank)
  }

  /// Something to fill in.
  package enum Blank: Hashable, Sendable {
    /// `{{Count}}`: which time it is, from 1.
    case count
    /// `{{ID}}`: a new id.
    case id
    /// `{{Time}}`: the engine's time, as 2026-01-01T09:00:00.000Z.
    case time
    /// `{{Unix}}`: the engine's time in seconds since 1970.
    case unix
    /// `{{Random 1 9}}`: a whole number from one to another, both included.
    case random(Int, Int)
    /// `{{Pick red green}}`: one of some words.
    case pick([String])
    /// `%{last.id}`: something that the session knows.
    case variable(LineVariable)
  }

  /// The pieces in order; at least one is a blank.
  package let parts: [Part]

  /// The template as it is written and read outside quotes.
  package var description: String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .blank(let blank): blank.description
      }
    }.joined()
  }
}

extension TextTemplate.Blank: CustomStringConvertible {
  /// The blank as it is written and read.
  package var description: String {
    switch self {
    case .count: "{{Count}}"
    case .id: "{{ID}}"
    case .time: "{{Time}}"
    case .unix: "{{Unix}}"
    case .random(let least, let most): "{{Random \(least) \(most)}}"
    case .pick(let words): "{{Pick \(words.joined(separator: " "))}}"
    case .variable(let variable): "%{\(variable)}"
    }
  }

  /// How each kind of blank is written, with what it stands for.
  package static let forms: [(form: String, meaning: String)] = [
    ("{{Count}}", "which time it is, with --count"),
    ("{{ID}}", "a new id"),
    ("{{Time}}", "the engine's time"),
    ("{{Unix}}", "the engine's time in seconds since 1970"),
    ("{{Random 1 9}}", "a whole number between two, both included"),
    ("{{Pick A B}}", "one of some words"),
  ]
}

/// A value that the session knows, written `%{NAME}`.
package enum LineVariable: Hashable, Sendable, CustomStringConvertible {
  /// The engine's time.
  case clock
  /// The number of the newest event.
  case position
  /// The number of the newest journal entry.
  case journal
  /// The name of the domain.
  case domain
  /// The seed of generated ids.
  case seed
  /// The newest event's own id.
  case lastID
  /// The type of the newest event.
  case lastType
  /// What the newest event is about.
  case lastDomainID
  /// The stream of the newest event.
  case lastStream
  /// A member of the newest event's data, or all of it.
  case lastData(JSONPath)

  private static let plain: [LineVariable] = [
    .clock, .position, .journal, .domain, .seed, .lastID, .lastType, .lastDomainID, .lastStream,
  ]

  /// The names that completion offers and errors list.
  package static let names = plain.map(\.description) + ["last.data"]

  /// The name as it is written and read.
  package var description: String {
    switch self {
    case .clock: "clock"
    case .position: "position"
    case .journal: "journal"
    case .domain: "domain"
    case .seed: "seed"
    case .lastID: "last.id"
    case .lastType: "last.type"
    case .lastDomainID: "last.domainId"
    case .lastStream: "last.stream"
    case .lastData(let path): path.steps.isEmpty ? "last.data" : LineVariable.text(of: path)
    }
  }

  private static func text(of path: JSONPath) -> String {
    let own: [ItemPath.Step] = path.steps.map { step in
      switch step {
      case .member(let name): .member(name)
      case .element(let index): .element(index)
      }
    }
    return ItemPath([.member("last"), .member("data")] + own).description
  }

  /// Reads a name.
  init(_ text: SourceText) throws(LanguageError) {
    let name = text.string
    if let plain = LineVariable.plain.first(where: { isSameText($0.description, name) }) {
      self = plain
      return
    }
    let beginning: [JSONPath.Step] = [.member("last"), .member("data")]
    // Quotes around the whole value do not make the name a single member.
    if let path = try? JSONPath(SourceText(name)), path.steps.starts(with: beginning) {
      self = .lastData(JSONPath(Array(path.steps.dropFirst(2))))
      return
    }
    if name.hasPrefix("sh{") || name == "sh" {
      throw text.error("No other program is run from a line; write the value itself.")
    }
    throw LanguageError.unknown(
      "variable", name, at: text.span, among: LineVariable.names,
      hint: "There are \(LineVariable.names.joined(separator: ", ")) and members such as "
        + "last.data.total.")
  }
}
