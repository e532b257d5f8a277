import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

extension ConsolePilot {
  /// Presents a tape.
  @discardableResult
  func present(
    _ text: String, named name: String = "talk.tape", beginsEmpty: Bool = false
  ) throws -> ConsolePilot {
    let tape = CaptionedTape(try TapeLine.lines(of: Array(text.utf8)))
    workbench.send(
      .presented(try PresentedTape(tape, named: name, beginsEmpty: beginsEmpty)))
    return self
  }

  /// Presents the tour of the domain.
  @discardableResult
  func tour() throws -> ConsolePilot {
    let tour = try PresentedFile.tour(of: model.moment.domain.name)
    workbench.send(.presented(try #require(tour)))
    return self
  }

  /// Shows the next captions, with all that is done for them.
  @discardableResult
  func next(_ count: Int = 1) throws -> ConsolePilot {
    for _ in 0..<count {
      try press("<Space>")
      workbench.finishCaption()
    }
    return self
  }

  /// Does the next things that the presenter has to do.
  @discardableResult
  func goOn(_ count: Int = 1) -> ConsolePilot {
    for _ in 0..<count where model.typingPause != nil { workbench.send(.present) }
    return self
  }

  /// The rows of the caption box, without its frame.
  var caption: [String] {
    let rect = model.layout.caption
    guard rect.rows > 2 else { return [] }
    return lines[(rect.row + 1)..<(rect.endRow - 1)].map { String($0.dropFirst().dropLast()) }
  }

  /// The title of the caption box.
  var captionTitle: String {
    let rect = model.layout.caption
    return rect.isEmpty ? "" : lines[rect.row].filter { !"┏━┓".contains($0) }
  }
}
