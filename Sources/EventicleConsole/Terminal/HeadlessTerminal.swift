/// A terminal without a screen: it keeps the last frame and plays inputs from a script.
final class HeadlessTerminal: Terminal {
  /// The sides; a scripted resize changes them.
  private(set) var size: Size

  /// The last frame presented.
  private(set) var frame: CellBuffer

  /// Where the cursor stood in it.
  private(set) var cursor: Point?

  /// How many frames were presented.
  private(set) var presented = 0

  /// What was put on the clipboard, oldest first.
  private(set) var clipboard: [String] = []

  /// Whether mouse reports are on.
  private(set) var isMouseEnabled = false

  /// How often the program gave the terminal back for a while.
  private(set) var suspensions = 0

  /// Whether the terminal was given back for good.
  private(set) var isClosed = false

  /// The theme frames are meant for.
  private(set) var theme = Theme.terminal

  /// The characters frames are meant for.
  private(set) var glyphs = GlyphSet.unicode

  private var script: [[TerminalInput]]

  /// A terminal of this size that plays these batches of inputs, one a call, and then is closed.
  init(size: Size, script: [[TerminalInput]] = []) {
    self.size = size
    self.script = script
    frame = CellBuffer(size: size)
  }

  var waker: TerminalWaker { TerminalWaker {} }

  func setTheme(_ theme: Theme, glyphs: GlyphSet) {
    self.theme = theme
    self.glyphs = glyphs
  }

  func present(_ buffer: CellBuffer, cursor: Point?) {
    frame = buffer
    self.cursor = cursor
    presented += 1
  }

  func nextInputs(timeoutMilliseconds: Int?) -> [TerminalInput] {
    guard !script.isEmpty else { return [.closed] }
    let inputs = script.removeFirst()
    for case .resize(let size) in inputs { self.size = size }
    return inputs
  }

  func redraw() {}

  func suspend() {
    suspensions += 1
  }

  func setMouse(enabled: Bool) {
    isMouseEnabled = enabled
  }

  func copyToClipboard(_ text: String) -> Bool {
    guard text.utf8.count <= clipboardLimit else { return false }
    clipboard.append(text)
    return true
  }

  func close() {
    isClosed = true
  }
}
