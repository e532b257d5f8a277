/// Where frames go to and inputs come from.
///
/// One owner calls it from one thread; only a ``TerminalWaker`` may be used from others.
protocol Terminal: AnyObject {
  /// The sides of the screen now.
  var size: Size { get }

  /// What other threads wake ``nextInputs(timeoutMilliseconds:)`` with.
  var waker: TerminalWaker { get }

  /// Which colours and characters frames are presented with.
  func setTheme(_ theme: Theme, glyphs: GlyphSet)

  /// Shows a frame; only what differs from the last one is sent.
  ///
  /// A frame of another size is cut or filled up with blanks.
  ///
  /// - Parameters:
  ///   - buffer: The frame.
  ///   - cursor: Where the terminal's cursor stands; none hides it.
  func present(_ buffer: CellBuffer, cursor: Point?)

  /// Waits for something to happen.
  ///
  /// Everything that can be read is read before it returns, so that a long paste or a held key
  /// costs one frame. Returns without inputs after the timeout or when woken.
  ///
  /// - Parameter timeoutMilliseconds: How long to wait; none waits for ever.
  func nextInputs(timeoutMilliseconds: Int?) -> [TerminalInput]

  /// Gives the terminal back to the shell until the program is continued.
  func suspend()

  /// Forgets what is on the screen, so that the next frame is written whole.
  func redraw()

  /// DeferredInputs the terminal to report the mouse, or leaves it to select text.
  func setMouse(enabled: Bool)

  /// Puts text on the clipboard of the terminal; only ever on a person's explicit wish.
  ///
  /// - Returns: Whether it was sent; terminals do not say whether they took it.
  func copyToClipboard(_ text: String) -> Bool

  /// Gives the terminal back for good; may be called more than once.
  func close()
}

extension Terminal {
  /// Makes ``nextInputs(timeoutMilliseconds:)`` return.
  func wake() {
    waker.wake()
  }
}

/// Wakes a waiting terminal, from any thread.
struct TerminalWaker: Sendable {
  private let action: @Sendable () -> Void

  /// A waker that does this.
  init(_ action: @escaping @Sendable () -> Void) {
    self.action = action
  }

  /// Makes ``Terminal/nextInputs(timeoutMilliseconds:)`` return.
  func wake() {
    action()
  }
}

/// The longest text that goes to a clipboard, in bytes.
let clipboardLimit = 100 * 1024
