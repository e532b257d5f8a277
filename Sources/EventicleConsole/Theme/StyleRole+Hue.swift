/// The one hue of every role.
extension StyleRole {
  /// What the colour of the role says.
  var hue: Hue { look.hue }

  /// The attributes of the role besides those of its hue.
  var attributes: Attributes { look.attributes }

  /// Whether the role is a filled badge: the word for the time, for an attached system, or the name of
  /// a fork.
  var isBadge: Bool {
    switch self {
    case .modeLive, .modePaused, .modeHeld, .modeReplay, .modeFork, .contextProduction,
      .contextStaging:
      true
    default: false
    }
  }

  /// Whether the role is the bar of a selected row.
  var isSelection: Bool { self == .uiSelection || self == .uiSelectionInactive }

  private var look: (hue: Hue, attributes: Attributes) {
    switch self {
    case .uiText, .uiTitle, .uiHeader, .uiPopup, .uiSelection, .uiSelectionInactive, .barText:
      (.ink, [])
    case .jsonKey, .jsonString, .jsonNumber, .jsonBool, .jsonNull: (.ink, [])
    case .chartState, .chartStateVisited, .chartEdgeTaken: (.ink, [])
    case .kindEvent, .kindAggregate, .chartStateCurrent: (.ink, .bold)
    case .uiMuted, .uiFooter, .uiHintText, .statusEnded, .jsonPunct, .chartEdge: (.mist, [])
    case .timePast, .timeIdle, .barGhost, .barSignature, .modePaused: (.mist, [])
    case .barPreview: (.mist, .italic)
    case .timeFuture: (.later, [])
    case .uiBorder, .uiScrollbar: (.border, [])
    case .uiBorderFocus, .kindCommand, .timeBookmark, .modeReplay: (.sea, [])
    case .uiTitleFocus, .uiHintKey, .timeCursor, .barPrompt: (.sea, .bold)
    case .uiMatch: (.sea, .underline)
    case .kindSaga, .kindTimer, .statusPending: (.heather, [])
    case .kindView, .kindExternal: (.lagoon, [])
    case .statusOk, .diffAdd, .modeLive: (.kelp, [])
    case .statusWarn, .diffChange, .modeHeld: (.sand, [])
    case .statusRejected, .barError: (.rust, [])
    case .diffRemove: (.coral, [])
    case .statusError, .timeStop: (.coral, .bold)
    case .modeFork: (.dusk, [])
    case .contextProduction: (.coral, .bold)
    case .contextStaging: (.sand, [])
    case .kindStream1: (.stream1, [])
    case .kindStream2: (.stream2, [])
    case .kindStream3: (.stream3, [])
    case .kindStream4: (.stream4, [])
    case .kindStream5: (.stream5, [])
    case .kindStream6: (.stream6, [])
    }
  }
}
