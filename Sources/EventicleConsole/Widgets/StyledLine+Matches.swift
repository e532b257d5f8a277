import EventicleCore

extension StyledPiece {
  /// The piece of a row that was not found: dim, except for its mark.
  var dimmed: StyledPiece {
    switch style.role {
    case .statusError, .statusRejected, .statusWarn, .timeCursor: self
    default: StyledPiece(text, .uiMuted)
    }
  }
}

extension StyledLine {
  /// The line of a row that was not found.
  var dimmed: StyledLine {
    var line = self
    line.pieces = pieces.map(\.dimmed)
    line.right = right.map(\.dimmed)
    return line
  }

  /// The line with every place underlined that has a text, whatever its case.
  func marking(_ text: String) -> StyledLine {
    let needle = Array(text.lowercased().unicodeScalars)
    guard !needle.isEmpty else { return self }
    var line = self
    line.pieces = StyledLine.marked(pieces, needle)
    line.right = StyledLine.marked(right, needle)
    return line
  }

  private static func marked(
    _ pieces: [StyledPiece], _ needle: [Unicode.Scalar]
  ) -> [StyledPiece] {
    let glyphs = pieces.flatMap { piece in piece.text.glyphs.map { ($0, piece.style) } }
    guard glyphs.count >= needle.count else { return pieces }
    let bases = glyphs.map { lowered($0.0.base) }
    var marks = Array(repeating: false, count: glyphs.count)
    var place = 0
    var isFound = false
    while place + needle.count <= bases.count {
      guard bases[place..<(place + needle.count)].elementsEqual(needle) else {
        place += 1
        continue
      }
      for index in place..<(place + needle.count) { marks[index] = true }
      isFound = true
      place += needle.count
    }
    guard isFound else { return pieces }
    var result: [StyledPiece] = []
    var start = 0
    for index in glyphs.indices.dropFirst()
    where
      glyphs[index].1 != glyphs[start].1 || marks[index] != marks[start]
    {
      result.append(piece(glyphs[start..<index], isMarked: marks[start]))
      start = index
    }
    result.append(piece(glyphs[start...], isMarked: marks[start]))
    return result
  }

  private static func piece(
    _ glyphs: ArraySlice<(Glyph, CellStyle)>, isMarked: Bool
  ) -> StyledPiece {
    let style = glyphs.first?.1 ?? .text
    return StyledPiece(
      DisplayText(glyphs: glyphs.map(\.0)),
      style: isMarked ? CellStyle(style.role, overlay: .uiMatch) : style)
  }

  private static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let scalars = scalar.properties.lowercaseMapping.unicodeScalars
    return scalars.count == 1 ? scalars[scalars.startIndex] : scalar
  }
}
