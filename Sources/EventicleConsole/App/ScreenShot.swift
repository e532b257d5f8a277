import EventicleCore
import EventicleWorkbench
import Foundation

/// A screen as the content of a file, in the form that the name of the file says.
enum ScreenShot {
  /// The file with the screen; `nil` for a name that says no form.
  static func file(
    _ path: String, of buffer: CellBuffer, _ theme: Theme, title: DisplayText
  ) -> OutputFile? {
    let text: String
    if path.hasSuffix(".svg") {
      text = theme.svg(of: buffer, title: title)
    } else if path.hasSuffix(".html") || path.hasSuffix(".htm") {
      text = theme.html(of: buffer, title: title)
    } else if path.hasSuffix(".txt") {
      text = buffer.text
    } else {
      return nil
    }
    return OutputFile(path, text: text)
  }
}

extension SystemEffectRunner {
  /// Writes the screen as it is now, as any other file is written.
  func shoot(_ path: String, force: Bool, _ workbench: ConsoleProgram) -> [Message] {
    let theme = themes.theme
    let buffer = GlyphChoice.glyphs(
      for: theme, environment: ProcessInfo.processInfo.environment
    ).map(workbench.frame().buffer)
    let title = DisplayText(sanitising: "eventicle \(workbench.model.moment.domain.name)")
    guard let file = ScreenShot.file(path, of: buffer, theme, title: title) else {
      let text =
        "shot writes a picture to FILE.svg, text to FILE.txt or a page to FILE.html; \(path) is none"
      return [.report(StatusMessage(text, .problem))]
    }
    workbench.add(.write(file, force: force, files))
    return []
  }
}
