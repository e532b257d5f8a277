/// A terminal without a screen: it keeps the last frame and plays scripted inputs.
final class HeadlessTerminal: Terminal {
  /// The size; a scripted resize changes it.
  private(set) var size: Size

  /// The number of colours.
  let depth: ColorDepth

  /// The last frame presented.
  private(set) var frame: CellBuffer

  /// The place of the cursor in it; `nil` when hidden.
  private(set) var cursor: Point?

  /// The number of frames presented.
  private(set) var presented = 0

  /// The texts put on the clipboard, oldest first.
  private(set) var clipboard: [String] = []

  /// Whether mouse reports are on.
  private(set) var isMouseEnabled = false

  /// How often the program suspended itself.
  private(set) var suspensions = 0

  /// How often the terminal was asked for the colour behind the text.
  private(set) var questions = 0

  /// Whether the terminal has been closed.
  private(set) var isClosed = false

  /// The theme for frames.
  private(set) var theme = Theme.terminal

  /// The characters for frames.
  private(set) var glyphs = GlyphSet.unicode

  private var script: [[TerminalInput]]

  /// A terminal that plays batches of inputs, one for each call, and then is closed.
  init(size: Size, script: [[TerminalInput]] = [], depth: ColorDepth = .truecolor) {
    self.depth = depth
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

  func lend(_ body: () -> Void) { body() }

  func redraw() {}

  func suspend() {
    suspensions += 1
  }

  func askBackground() {
    questions += 1
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
