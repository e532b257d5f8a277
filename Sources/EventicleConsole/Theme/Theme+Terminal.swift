/// The built-in theme.
extension Theme {
  /// The terminal's own sixteen colours on its own background, dark or light.
  ///
  /// It sets a background only for the mode and context badges, marks selections with reverse
  /// video, and avoids blue, which many dark palettes make unreadable, and bright colours, which
  /// light ones do.
  static let terminal = Theme(name: "terminal", variant: .any, parts: terminalParts)

  private static let terminalParts: [StyleRole: StylePart] = [
    .uiMuted: StylePart(.dim),
    .uiBorder: StylePart(.dim),
    .uiBorderFocus: fore(.cyan),
    .uiTitle: StylePart(),
    .uiTitleFocus: fore(.cyan, .bold),
    .uiSelection: StylePart(.reverse, foreground: ColorChain(.default)),
    .uiSelectionInactive: StylePart(.underline),
    .uiHeader: StylePart(),
    .uiFooter: StylePart(.dim),
    .uiHintKey: fore(.cyan, .bold),
    .uiHintText: StylePart(.dim),
    .uiScrollbar: StylePart(.dim),
    .uiMatch: fore(.yellow, .underline),
    .uiMatchCurrent: fore(.yellow, [.reverse, .bold]),
    .kindCommand: fore(.cyan, .bold),
    .kindEvent: StylePart(),
    .kindSaga: fore(.magenta),
    .kindTimer: fore(.yellow),
    .kindView: fore(.green),
    .kindAggregate: fore(.green, .bold),
    .kindExternal: fore(.cyan, .italic),
    .kindStream1: fore(.cyan),
    .kindStream2: fore(.magenta),
    .kindStream3: fore(.green),
    .kindStream4: fore(.yellow),
    .kindStream5: fore(.cyan, .bold),
    .kindStream6: fore(.magenta, .bold),
    .statusOk: fore(.green),
    .statusWarn: fore(.yellow),
    .statusError: fore(.red, .bold),
    .statusPending: fore(.yellow),
    .statusEnded: StylePart(.dim),
    .statusRejected: fore(.red),
    .timeCursor: fore(.yellow, .bold),
    .timeFuture: StylePart(.dim),
    .timeIdle: StylePart(.dim),
    .timeStop: fore(.red, .bold),
    .timeBookmark: fore(.magenta, .bold),
    .timeFork1: fore(.magenta),
    .timeFork2: fore(.cyan),
    .timeFork3: fore(.green),
    .timeFork4: fore(.yellow),
    .timeFork5: fore(.magenta, .bold),
    .timeFork6: fore(.cyan, .bold),
    .diffAdd: fore(.green),
    .diffRemove: fore(.red),
    .diffChange: fore(.yellow),
    .jsonKey: fore(.cyan),
    .jsonString: fore(.green),
    .jsonNumber: fore(.yellow),
    .jsonBool: fore(.magenta),
    .jsonNull: fore(.magenta, .dim),
    .jsonPunct: StylePart(.dim),
    .chartStateCurrent: fore(.green, .bold),
    .chartStateVisited: fore(.green),
    .chartEdge: StylePart(.dim),
    .chartEdgeTaken: fore(.green),
    .barPrompt: fore(.cyan, .bold),
    .barGhost: StylePart(.dim),
    .barSignature: StylePart(.dim),
    .barError: fore(.red),
    .barPreview: StylePart(.italic),
    .modeLive: badge(.green),
    .modePaused: badge(.white),
    .modeHeld: badge(.yellow),
    .modeReplay: badge(.cyan),
    .modeFork: badge(.magenta),
    .contextDev: fore(.green),
    .contextTest: fore(.yellow),
    .contextProd: StylePart(
      .bold, foreground: ColorChain(.ansi(15)), background: ColorChain(.ansi(1))),
  ]

  private enum Hue: UInt8 {
    case red = 1
    case green = 2
    case yellow = 3
    case magenta = 5
    case cyan = 6
    case white = 7
  }

  private static func fore(_ hue: Hue, _ attributes: Attributes = []) -> StylePart {
    StylePart(attributes, foreground: ColorChain(.ansi(hue.rawValue)))
  }

  private static func badge(_ hue: Hue) -> StylePart {
    StylePart(
      .bold, foreground: ColorChain(.ansi(0)), background: ColorChain(.ansi(hue.rawValue)))
  }
}
