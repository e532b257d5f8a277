/// Pictures in the colours of a theme.
extension Theme {
  /// A frame as an SVG document.
  ///
  /// Colours that a theme leaves to the terminal come from a muted palette, light for light themes.
  ///
  /// - Parameters:
  ///   - buffer: The frame.
  ///   - title: The text of a title bar; `nil` for no bar.
  func svg(of buffer: CellBuffer, title: DisplayText? = nil) -> String {
    let (window, paint) = picture(title)
    return SVGFrame(buffer, window: window, paint: paint).text
  }

  /// A frame as a page of HTML, in the same colours.
  func html(of buffer: CellBuffer, title: DisplayText? = nil) -> String {
    let (window, paint) = picture(title)
    return HTMLFrame(buffer, window: window, paint: paint).text
  }

  /// What surrounds the cells, and the colours of each style.
  private func picture(
    _ title: DisplayText?
  ) -> (window: SVGWindow, paint: (CellStyle) -> SVGPaint) {
    let isLight = variant == .light
    let plain = resolve(.text)
    let background = plain.background.rgb ?? (isLight ? RGB(251, 250, 246) : RGB(16, 23, 31))
    let foreground = plain.foreground.rgb ?? (isLight ? RGB(31, 42, 53) : RGB(214, 222, 231))
    let window = SVGWindow(
      background: background.hex, foreground: foreground.hex, title: title)
    var known: [CellStyle: SVGPaint] = [:]
    return (
      window,
      { style in
        if let paint = known[style] { return paint }
        let paint = Self.paint(resolve(style), foreground, background)
        known[style] = paint
        return paint
      }
    )
  }

  private static func paint(
    _ style: ResolvedStyle, _ foreground: RGB, _ background: RGB
  ) -> SVGPaint {
    let front = style.foreground.rgb ?? foreground
    let back = style.background.rgb
    let isReversed = style.attributes.contains(.reverse)
    return SVGPaint(
      foreground: (isReversed ? back ?? background : front).hex,
      background: isReversed ? front.hex : back?.hex,
      isBold: style.attributes.contains(.bold), isDim: style.attributes.contains(.dim),
      isItalic: style.attributes.contains(.italic),
      isUnderlined: style.attributes.contains(.underline),
      isStruck: style.attributes.contains(.strikethrough))
  }
}
