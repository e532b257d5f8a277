/// The few colours from which a complete theme is derived.
struct ThemeSeed: Hashable, Sendable {
  /// The colours; the raw value is the key in a theme file.
  enum Key: String, CaseIterable, Sendable {
    case fg
    case bg
    case accent
    case error
    case warn
    case ok
    case muted
    case border
    case surface
    case selection
    case violet
    case teal
    case orange
  }

  private var colors: [Key: ColorChain] = [:]

  /// A seed without colours; those not set come from the terminal.
  init() {}

  /// The colour of a key, or its default.
  subscript(key: Key) -> ColorChain {
    get { colors[key] ?? substitute(for: key) }
    set { colors[key] = newValue }
  }

  /// Whether any colour is set.
  var isEmpty: Bool { colors.isEmpty }

  private func substitute(for key: Key) -> ColorChain {
    switch key {
    case .fg, .bg: ColorChain(.default)
    case .accent, .teal: ColorChain(.ansi(6))
    case .error: ColorChain(.ansi(1))
    case .warn, .orange: colors[.warn] ?? ColorChain(.ansi(3))
    case .ok: ColorChain(.ansi(2))
    case .muted: ColorChain(.ansi(8))
    case .border: self[.muted]
    case .surface: self[.bg]
    case .selection: ColorChain(.ansi(8))
    case .violet: ColorChain(.ansi(5))
    }
  }

  /// The derived parts of all roles.
  var parts: [StyleRole: StylePart] {
    var parts: [StyleRole: StylePart] = [:]
    for (roles, attributes, key) in Self.foregrounds {
      for role in roles { parts[role] = StylePart(attributes, foreground: self[key]) }
    }
    parts[.uiText] = StylePart(foreground: self[.fg], background: self[.bg])
    for role in [StyleRole.uiPopup] {
      parts[role] = StylePart(foreground: self[.fg], background: self[.surface])
    }
    parts[.uiFooter] = StylePart(foreground: self[.muted], background: self[.surface])
    parts[.uiSelection] = StylePart(background: self[.selection])
    parts[.uiSelectionInactive] = StylePart(background: self[.surface])
    parts[.uiMatchCurrent] = badge(.warn)
    for (role, key) in Self.badges { parts[role] = badge(key) }
    return parts
  }

  private func badge(_ key: Key) -> StylePart {
    StylePart(.bold, foreground: self[.bg], background: self[key])
  }

  private static let badges: [(StyleRole, Key)] = [
    (.modeLive, .ok), (.modePaused, .muted), (.modeHeld, .warn), (.modeReplay, .teal),
    (.modeFork, .violet), (.contextProd, .error),
  ]

  private static let foregrounds: [([StyleRole], Attributes, Key)] = [
    ([.uiMuted, .uiHintText, .statusEnded, .timePast, .jsonPunct, .jsonNull], [], .muted),
    ([.barGhost, .barSignature], [], .muted),
    ([.timeFuture, .timeIdle, .barPreview], .italic, .muted),
    ([.uiBorder, .uiScrollbar, .chartEdge], [], .border),
    ([.uiTitle, .kindEvent, .chartState, .barText], [], .fg),
    ([.uiBorderFocus, .jsonKey, .kindStream1, .timeFork1], [], .accent),
    ([.uiTitleFocus, .uiHintKey, .kindCommand, .barPrompt], .bold, .accent),
    ([.uiMatch], .underline, .warn),
    ([.kindSaga, .jsonBool, .kindStream2, .timeFork2], [], .violet),
    ([.timeBookmark], .bold, .violet),
    ([.kindTimer, .statusWarn, .statusPending, .diffChange, .contextTest], [], .warn),
    ([.kindStream4, .timeFork4], [], .warn),
    ([.timeCursor], .bold, .warn),
    ([.kindView, .statusOk, .diffAdd, .jsonString, .kindStream3, .timeFork3], [], .ok),
    ([.chartStateVisited, .chartEdgeTaken, .contextDev], [], .ok),
    ([.chartStateCurrent], .bold, .ok),
    ([.kindAggregate, .kindStream5, .timeFork5], [], .teal),
    ([.kindExternal, .jsonNumber, .kindStream6, .timeFork6], [], .orange),
    ([.statusRejected, .diffRemove, .barError], [], .error),
    ([.statusError, .timeStop], .bold, .error),
  ]
}
