import EventicleCore

/// A frame as a page of HTML, whose text can be searched and copied.
struct HTMLFrame {
  private let buffer: CellBuffer
  private let window: SVGWindow
  private let paint: (CellStyle) -> SVGPaint

  /// A page of a frame.
  ///
  /// - Parameters:
  ///   - buffer: The frame.
  ///   - window: What surrounds it.
  ///   - paint: The colours of each style.
  init(_ buffer: CellBuffer, window: SVGWindow, paint: @escaping (CellStyle) -> SVGPaint) {
    self.buffer = buffer
    self.window = window
    self.paint = paint
  }

  /// The HTML document.
  var text: String {
    let title = XMLText.escaped(window.title?.string ?? "eventicle")
    let rows = (0..<buffer.size.rows).map(line).joined(separator: "\n")
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>\(title)</title>
      <style>
      body { margin: 0; background: \(window.background); }
      pre {
        margin: 14px; color: \(window.foreground); line-height: 1.3; font-size: 14px;
        font-family: 'JetBrains Mono','SF Mono','Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace;
      }
      </style>
      </head>
      <body>
      <pre>\(rows)</pre>
      </body>
      </html>

      """
  }

  private func line(_ row: Int) -> String {
    var text = ""
    var run = ""
    var current: SVGPaint?
    func finish() {
      guard let current, !run.isEmpty else { return }
      text += span(run, current)
      run = ""
    }
    for column in 0..<buffer.size.columns {
      let cell = buffer[column, row]
      let paint = paint(cell.style)
      if paint != current { finish() }
      current = paint
      run += XMLText.escaped(cell.glyph.text)
    }
    finish()
    return text
  }

  private func span(_ text: String, _ paint: SVGPaint) -> String {
    var rules: [String] = []
    if paint.foreground != window.foreground { rules.append("color:\(paint.foreground)") }
    if let back = paint.background, back != window.background { rules.append("background:\(back)") }
    if paint.isBold { rules.append("font-weight:bold") }
    if paint.isItalic { rules.append("font-style:italic") }
    if paint.isDim { rules.append("opacity:0.6") }
    if paint.isUnderlined { rules.append("text-decoration:underline") }
    if paint.isStruck { rules.append("text-decoration:line-through") }
    return rules.isEmpty ? text : "<span style=\"\(rules.joined(separator: ";"))\">\(text)</span>"
  }
}
