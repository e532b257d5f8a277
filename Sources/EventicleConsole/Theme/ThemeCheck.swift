/// What can be read of a theme: the contrast of every role with what lies behind it.
///
/// Colours that the terminal decides about are not known, so nothing is said of them.
struct ThemeCheck {
  /// A role that cannot be read well enough.
  struct Finding: Hashable, Sendable {
    let role: StyleRole
    let overlay: StyleRole?
    let contrast: Double

    /// The finding as a line: `ui.muted on ui.selection has 3.9, and needs 4.5`.
    var text: String {
      let place = overlay.map { " on \($0.name)" } ?? ""
      let needed = ThemeCheck.text(of: role.hue.neededContrast)
      return "\(role.name)\(place) has \(ThemeCheck.text(of: contrast)), and needs \(needed)"
    }
  }

  private let theme: Theme

  /// Checks a theme at its depth.
  init(_ theme: Theme) {
    self.theme = theme
  }

  /// The roles that are below the contrast they need, on every ground on which they are drawn.
  var findings: [Finding] {
    StyleRole.allCases.flatMap { role in
      Self.overlays(of: role).compactMap { overlay in
        let style = CellStyle(role, overlay: overlay)
        guard let contrast = contrast(of: theme.resolve(style)),
          contrast < role.hue.neededContrast
        else { return nil }
        return Finding(role: role, overlay: overlay, contrast: contrast)
      }
    }
  }

  /// What a role is drawn on: a badge stands in the header, which has no rows, and what lies above
  /// the panes has nothing that is later, and frames of its own.
  static func overlays(of role: StyleRole) -> [StyleRole?] {
    if role.isBadge { return [nil] }
    let isOnSurface = role.hue != .later && role.hue != .border
    return [nil, .uiSelection, .uiSelectionInactive] + (isOnSurface ? [.uiPopup] : [])
  }

  /// The contrasts of all hues as lines to read, the findings last.
  var lines: [String] {
    var lines = [Self.row("", "colour", "contrast", "selected", "says")]
    for hue in Hue.allCases {
      let role = Self.sample(of: hue)
      let plain = theme.resolve(CellStyle(role))
      let selected = theme.resolve(CellStyle(role, overlay: .uiSelection))
      let isInk = hue.isFaint && selected.foreground != plain.foreground
      lines.append(
        Self.row(
          hue.rawValue, plain.foreground.description, Self.text(of: contrast(of: plain)),
          Self.text(of: contrast(of: selected)) + (isInk ? " ink" : ""), hue.meaning))
    }
    lines.append("")
    let findings = findings
    if contrast(of: theme.resolve(.text)) == nil {
      lines.append("The colours are the terminal's own, so their contrast is not known.")
    } else if findings.isEmpty {
      lines.append("All text has at least 4.5, on the selected row too, and lines have 3.0.")
    } else {
      lines += ["Too faint to read:"] + findings.map { "  " + $0.text }
    }
    return lines
  }

  /// What a cell in a style has: `kind.saga: heather, #cba6f7 on #10171f, contrast 8.9`.
  func text(of style: CellStyle) -> String {
    let resolved = theme.resolve(style)
    let overlay = style.overlay.map { " under \($0.name)" } ?? ""
    let attributes = Attributes.names.filter { resolved.attributes.contains($0.attribute) }
    let words = attributes.map { " \($0.name)" }.joined()
    let known = contrast(of: resolved).map { ", contrast \(Self.text(of: $0))" } ?? ""
    return "\(style.role.name)\(overlay): \(style.role.hue.rawValue),\(words) "
      + "\(resolved.foreground) on \(resolved.background)\(known)"
  }

  /// The contrast of a style's two colours; `nil` when the terminal decides about one of them.
  func contrast(of style: ResolvedStyle) -> Double? {
    guard let front = style.foreground.known, let back = style.background.known else {
      return nil
    }
    return front.contrast(to: back)
  }

  /// A role that is drawn in a hue and nothing else.
  static func sample(of hue: Hue) -> StyleRole {
    let plain = StyleRole.allCases.first { $0.hue == hue && $0.attributes.isEmpty && !$0.isBadge }
    return plain ?? StyleRole.allCases.first { $0.hue == hue } ?? .uiText
  }

  private static func text(of contrast: Double?) -> String { contrast.map(text(of:)) ?? "?" }

  /// A contrast with one decimal, never rounded up over what is needed.
  private static func text(of contrast: Double) -> String {
    let tenths = Int(contrast * 10)
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func row(_ cells: String...) -> String {
    let widths = [9, 16, 10, 10]
    let padded = zip(cells, widths).map { cell, width in
      cell + String(repeating: " ", count: max(1, width - cell.count))
    }
    return padded.joined() + (cells.last ?? "")
  }
}

extension Color: CustomStringConvertible {
  /// The colour in words of a theme file; `default` is the terminal's own.
  var description: String {
    switch self {
    case .default: "default"
    case .ansi(let number): Self.names[Int(number) % Self.names.count]
    case .indexed(let number): "\(number)"
    case .rgb(let value): value.hex
    }
  }

  /// The colour, where no person's settings change it.
  var known: RGB? {
    switch self {
    case .default, .ansi: nil
    case .indexed, .rgb: rgb
    }
  }
}
