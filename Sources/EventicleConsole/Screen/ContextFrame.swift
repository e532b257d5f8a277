import EventicleWorkbench

/// The frame around the whole screen of a console that is attached to a production system.
enum ContextFrame {
  /// Lays the role over the outermost cells, whose text stays.
  static func draw(_ model: Model, over buffer: CellBuffer) -> CellBuffer {
    guard model.remote?.colour == .production else { return buffer }
    var buffer = buffer
    let (last, bottom) = (buffer.size.columns - 1, buffer.size.rows - 1)
    for row in 0...max(0, bottom) {
      let isEdge = row == 0 || row == bottom
      for column in isEdge ? Array(0...max(0, last)) : [0, last] {
        let style = buffer[column, row].style
        buffer[column, row] = Cell(
          buffer[column, row].glyph, style: style.under(.contextProduction))
      }
    }
    return buffer
  }
}
