import EventicleCore

/// A piece of text in one style.
struct StyledPiece: Hashable, Sendable {
  let text: DisplayText
  let style: CellStyle

  /// A text in a role, perhaps under another one.
  init(_ text: DisplayText, _ role: StyleRole = .uiText, overlay: StyleRole? = nil) {
    self.text = text
    style = CellStyle(role, overlay: overlay)
  }

  /// A text in a style.
  init(_ text: DisplayText, style: CellStyle) {
    self.text = text
    self.style = style
  }
}

/// One line of a pane: pieces from the left, and perhaps some that end at the right edge.
struct StyledLine: Hashable, Sendable {
  var pieces: [StyledPiece]
  /// What stands at the right edge, as far as there is room for it.
  var right: [StyledPiece] = []
  /// What is folded away or out by this line, if anything is.
  var foldPath: String?

  /// A line of pieces.
  init(_ pieces: [StyledPiece] = [], right: [StyledPiece] = []) {
    self.pieces = pieces
    self.right = right
  }

  /// A line of one text.
  init(_ text: DisplayText, _ role: StyleRole = .uiText) {
    pieces = [StyledPiece(text, role)]
  }

  /// The columns of what stands on the left.
  var width: Int { pieces.reduce(0) { $0 + $1.text.width } }

  /// The text of the whole line.
  var text: DisplayText { (pieces + right).reduce(.empty) { $0 + $1.text } }

  /// Adds a piece.
  mutating func add(_ text: DisplayText, _ role: StyleRole = .uiText, overlay: StyleRole? = nil) {
    pieces.append(StyledPiece(text, role, overlay: overlay))
  }

  /// Adds a piece in exactly this many columns.
  mutating func add(
    _ text: DisplayText, _ role: StyleRole = .uiText, columns: Int,
    alignment: TextAlignment = .left
  ) {
    pieces.append(StyledPiece(text.padded(to: max(0, columns), alignment: alignment), role))
  }

  /// The line without its first columns.
  func dropping(columns: Int) -> StyledLine {
    guard columns > 0 else { return self }
    var rest = columns
    var line = self
    line.pieces = pieces.map { piece in
      let dropped = min(rest, piece.text.width)
      rest -= dropped
      return StyledPiece(piece.text.dropping(columns: dropped), style: piece.style)
    }
    return line
  }
}

extension Canvas {
  /// Draws a line in one row of the window.
  ///
  /// - Parameters:
  ///   - line: The line; what is too long is cut with `…`.
  ///   - row: The row.
  ///   - overlay: What lies over the whole row, such as the selection bar.
  mutating func draw(_ line: StyledLine, row: Int, overlay: StyleRole? = nil) {
    let columns = size.columns
    guard columns > 0 else { return }
    if let overlay {
      fill(
        Rect(column: 0, row: row, columns: columns, rows: 1),
        style: CellStyle(.uiText, overlay: overlay))
    }
    let rightWidth = line.right.reduce(0) { $0 + $1.text.width }
    let hasRight = rightWidth > 0 && rightWidth <= columns
    let end = hasRight && line.width > columns - rightWidth - 1 ? columns - rightWidth - 1 : columns
    var column = 0
    for (index, piece) in line.pieces.enumerated() where column < end {
      let isLast = index == line.pieces.count - 1
      let rest = end - column
      let isCut =
        piece.text.width > rest
        || (piece.text.width == rest && !isLast
          && line.pieces[(index + 1)...].contains { !$0.text.isEmpty })
      let text =
        isCut && piece.text.width == rest
        ? piece.text.prefix(columns: rest - 1) + "…" : piece.text.truncated(to: rest)
      column += put(
        text, at: Point(column: column, row: row),
        style: CellStyle(piece.style.role, overlay: piece.style.overlay ?? overlay))
    }
    guard hasRight else { return }
    column = columns - rightWidth
    for piece in line.right {
      column += put(
        piece.text, at: Point(column: column, row: row),
        style: CellStyle(piece.style.role, overlay: piece.style.overlay ?? overlay))
    }
  }
}

/// Words that several panes use.
enum PaneText {
  /// Text of data in at most so many columns.
  static func data(_ text: some StringProtocol, limit: Int = 200) -> DisplayText {
    DisplayText(sanitising: text, limit: limit)
  }

  /// A saga instance as people name it: by what it follows, else by its id.
  static func name(of key: SagaKey, _ vantage: Vantage) -> DisplayText {
    let name = vantage.timeline.head.sagas.instance(key)?.correlation ?? key.instanceID
    return data(key.saga, limit: 60) + "/" + data(name, limit: 60)
  }

  /// The colour of a stream: by its place among the declared ones, else by its name.
  static func role(of stream: StreamName, _ domain: Domain) -> StyleRole {
    if let place = streams(of: domain).firstIndex(of: stream) { return .stream(place) }
    let hash = stream.text.utf8.reduce(UInt32(2_166_136_261)) {
      ($0 ^ UInt32($1)) &* 16_777_619
    }
    return .stream(Int(hash % 6))
  }

  /// The streams that a domain declares, each once.
  static func streams(of domain: Domain) -> [StreamName] {
    var names: [StreamName] = []
    for stream in domain.aggregates.map(\.stream) + domain.commands.map(\.stream)
    where !names.contains(stream) { names.append(stream) }
    return names
  }

  /// What came of each delivery of an event, always in the order of the declarations.
  static func deliveries(
    of position: Position, _ event: Event, _ vantage: Vantage
  ) -> [DeliveryRow] {
    let listeners = vantage.domain.listeners(to: event.stream)
    let places = Dictionary(zip(listeners, listeners.indices)) { first, _ in first }
    return vantage.deliveries(of: position).enumerated().sorted {
      let left = places[$0.element.consumer] ?? listeners.count
      let right = places[$1.element.consumer] ?? listeners.count
      return (left, $0.offset) < (right, $1.offset)
    }.map(\.element)
  }

  /// The role of a consumer of a kind.
  static func role(of kind: ConsumerKind) -> StyleRole {
    switch kind {
    case .view: .kindView
    case .saga: .kindSaga
    case .adapter, .subscription: .kindExternal
    }
  }

  /// A number of bytes for people.
  static func size(_ bytes: Int) -> DisplayText {
    switch bytes {
    case ..<1_000: return "\(bytes) bytes"
    case ..<1_000_000: return "\(bytes / 1_000) kB"
    default: return "\(bytes / 1_000_000).\(bytes % 1_000_000 / 100_000) MB"
    }
  }
}
