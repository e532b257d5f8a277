/// The meaning of a style; a theme gives each role its colours.
///
/// Themes write a role with dots: `uiBorderFocus` is `ui.border.focus`.
enum StyleRole: UInt8, CaseIterable, Sendable {
  // The frame around everything: borders, titles, selection, hints.
  case uiText
  case uiMuted
  case uiBorder
  case uiBorderFocus
  case uiTitle
  case uiTitleFocus
  case uiSelection
  case uiSelectionInactive
  case uiHeader
  case uiFooter
  case uiHintKey
  case uiHintText
  case uiPopup
  case uiScrollbar
  case uiMatch

  // Kinds of things; a stream takes one of six roles by its number.
  case kindCommand
  case kindEvent
  case kindSaga
  case kindTimer
  case kindView
  case kindAggregate
  case kindExternal
  case kindStream1
  case kindStream2
  case kindStream3
  case kindStream4
  case kindStream5
  case kindStream6

  // Outcomes.
  case statusOk
  case statusWarn
  case statusError
  case statusPending
  case statusEnded
  case statusRejected

  // Places in time.
  case timePast
  case timeCursor
  case timeFuture
  case timeIdle
  case timeStop
  case timeBookmark

  // Changes.
  case diffAdd
  case diffRemove
  case diffChange

  // Parts of a JSON value.
  case jsonKey
  case jsonString
  case jsonNumber
  case jsonBool
  case jsonNull
  case jsonPunct

  // Parts of a statechart.
  case chartState
  case chartStateCurrent
  case chartStateVisited
  case chartEdge
  case chartEdgeTaken

  // Parts of the command bar.
  case barPrompt
  case barText
  case barGhost
  case barSignature
  case barError
  case barPreview

  // The mode badge in the header.
  case modeLive
  case modePaused
  case modeHeld
  case modeReplay
  case modeFork

  // How dangerous it would be to change something in the attached system.
  case contextProduction
  case contextStaging

  /// The dotted name, as in a theme file: `kind.saga`, `time.fork.1`.
  var name: String { Self.names[Int(rawValue)] }

  /// The role with exactly this dotted name.
  init?(name: String) {
    guard let index = Self.names.firstIndex(of: name) else { return nil }
    self = Self.allCases[index]
  }

  /// One of the six stream roles, the same for the same number.
  static func stream(_ number: Int) -> StyleRole {
    let roles: [StyleRole] = [
      .kindStream1, .kindStream2, .kindStream3, .kindStream4, .kindStream5, .kindStream6,
    ]
    return roles[Int(number.magnitude % 6)]
  }

  // Each capital letter or digit in a case's name begins a new part of the dotted name.
  private static let names: [String] = allCases.map { role in
    var name = ""
    for character in String(describing: role) {
      if character.isUppercase || character.isNumber { name.append(".") }
      name.append(character.lowercased())
    }
    return name
  }
}
