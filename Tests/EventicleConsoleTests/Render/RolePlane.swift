@testable import EventicleConsole

/// The styles of a frame as letters, so that a golden screen shows a lost highlight.
///
/// Ordinary text is a dot; every other style gets the next letter in the order of appearance, top
/// to bottom and left to right.
struct RolePlane: Hashable, Sendable {
  /// One string per row, one letter per column.
  let lines: [String]

  /// The style of each letter: `a ui.border`, `b kind.saga+ui.selection`.
  let legend: [String]

  /// Reads the styles of a frame.
  init(_ buffer: CellBuffer) {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    var known: [CellStyle: Character] = [.text: "."]
    var legend: [String] = []
    var lines: [String] = []
    for row in 0..<buffer.size.rows {
      var line = ""
      for column in 0..<buffer.size.columns {
        let style = buffer[column, row].style
        if known[style] == nil {
          let letter = legend.count < letters.count ? letters[legend.count] : "?"
          known[style] = letter
          legend.append("\(letter) \(Self.name(of: style))")
        }
        line.append(known[style] ?? "?")
      }
      lines.append(line)
    }
    self.lines = lines
    self.legend = legend
  }

  private static func name(of style: CellStyle) -> String {
    guard let overlay = style.overlay else { return style.role.name }
    return "\(style.role.name)+\(overlay.name)"
  }
}
