/// The output for frames and the source of inputs.
///
/// One owner calls it from one thread; other threads may use only a ``TerminalWaker``.
protocol Terminal: AnyObject {
  /// The current size of the screen.
  var size: Size { get }

  /// The number of colours.
  var depth: ColorDepth { get }

  /// Lets other threads end a wait in ``nextInputs(timeoutMilliseconds:)``.
  var waker: TerminalWaker { get }

  /// Sets the colours and characters in which frames are presented.
  func setTheme(_ theme: Theme, glyphs: GlyphSet)

  /// Shows a frame, sending only what differs from the last one.
  ///
  /// A frame of another size is cut or filled with blanks.
  ///
  /// - Parameters:
  ///   - buffer: The frame.
  ///   - cursor: The place of the terminal's cursor; `nil` hides it.
  func present(_ buffer: CellBuffer, cursor: Point?)

  /// Waits for inputs.
  ///
  /// Everything available is read before it returns, so that a long paste or a held key costs one
  /// frame. Returns nothing after the timeout or when woken.
  ///
  /// - Parameter timeoutMilliseconds: How long to wait; `nil` waits for ever.
  func nextInputs(timeoutMilliseconds: Int?) -> [TerminalInput]

  /// Suspends the program and gives the terminal to the shell until it is continued.
  func suspend()

  /// Lends the terminal to another program for as long as a body runs, and takes it back.
  func lend(_ body: () -> Void)

  /// Makes the next frame be written completely, whatever the screen shows.
  func redraw()

  /// Asks the terminal which colour lies behind the text; the answer is an input, if there is one.
  func askBackground()

  /// Makes the terminal report the mouse, or leaves the mouse to select text.
  func setMouse(enabled: Bool)

  /// Puts text on the terminal's clipboard; only when a person asks for it.
  ///
  /// - Returns: Whether it was sent; terminals do not confirm it.
  func copyToClipboard(_ text: String) -> Bool

  /// Gives the terminal back for good; further calls do nothing.
  func close()
}

extension Terminal {
  /// Makes ``nextInputs(timeoutMilliseconds:)`` return.
  func wake() {
    waker.wake()
  }
}

/// Ends the wait of a terminal, from any thread.
struct TerminalWaker: Sendable {
  private let action: @Sendable () -> Void

  /// A waker that runs an action.
  init(_ action: @escaping @Sendable () -> Void) {
    self.action = action
  }

  /// Makes ``Terminal/nextInputs(timeoutMilliseconds:)`` return.
  func wake() {
    action()
  }
}

/// The longest text sent to the clipboard, in bytes.
let clipboardLimit = 100 * 1024
