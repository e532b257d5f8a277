import CSupervisor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The real terminal: frames go out through ncurses, inputs come in through ``KeyDecoder``.
///
/// ncurses does not read, because it would block on an incomplete mouse report.
final class CursesTerminal: Terminal {
  /// The size of the screen.
  private(set) var size: Size

  /// The number of colours of the terminal.
  var depth: ColorDepth { screen.depth }

  /// What the user should know about the terminal, as a sentence; `nil` when all is well.
  var notice: String? { screen.notice }

  private let screen: CursesScreen
  private var styles: CursesStyles
  private var glyphs: GlyphSet
  private var shown: CellBuffer?
  private var shownCursor: Point?
  private var isMouseEnabled = false
  private var isClosed = false
  private var isAway = false
  private var input: TerminalReader

  /// Opens the terminal of this process.
  ///
  /// - Parameters:
  ///   - theme: The colours of frames.
  ///   - glyphs: The characters of frames; ASCII where nothing else can be written.
  ///   - environment: Read for `TERM`, `COLORTERM` and `NO_COLOR`.
  /// - Throws: ``TerminalError`` when there can be no screen.
  init(
    theme: Theme, glyphs: GlyphSet, environment: [String: String]
  ) throws(TerminalError) {
    supervisor_remember()
    let wake = supervisor_watch()
    supervisor_take(1)
    do throws(TerminalError) {
      screen = try CursesScreen(environment: environment)
    } catch {
      supervisor_take(0)
      supervisor_unwatch()
      throw error
    }
    styles = CursesStyles(theme, depth: screen.depth)
    self.glyphs = screen.isUTF8 ? glyphs : .ascii
    size = CursesScreen.size
    input = TerminalReader(wake: wake)
    supervisor_remember_own()
    supervisor_catch_crashes()
    supervisor_divert_messages()
    send(EscapeText.modesOn)
  }

  deinit {
    close()
  }

  var waker: TerminalWaker {
    TerminalWaker { supervisor_wake(TerminalReader.wakeByte) }
  }

  func redraw() {
    shown = nil
    screen.resume()
  }

  func setTheme(_ theme: Theme, glyphs: GlyphSet) {
    styles = CursesStyles(theme, depth: screen.depth)
    self.glyphs = screen.isUTF8 ? glyphs : .ascii
    shown = nil
  }

  func present(_ buffer: CellBuffer, cursor: Point?) {
    guard !isClosed, !isAway else { return }
    let fitting = buffer.size == size ? buffer : buffer.resized(to: size)
    let frame = glyphs.map(fitting)
    let cursor = cursor.flatMap { frame.bounds.contains($0) ? $0 : nil }
    let spans = frame.changedSpans(from: shown ?? CellBuffer(size: .zero))
    guard !spans.isEmpty || cursor != shownCursor || shown == nil else { return }
    for span in spans { screen.put(span, of: frame, styles: &styles) }
    screen.flush(cursor: cursor)
    shown = frame
    shownCursor = cursor
  }

  func nextInputs(timeoutMilliseconds: Int?) -> [TerminalInput] {
    guard !isClosed else { return [.closed] }
    var inputs: [TerminalInput] = []
    for event in input.next(timeoutMilliseconds: timeoutMilliseconds) {
      switch event {
      case .input(let one): inputs.append(one)
      case .resize: inputs.append(follow())
      case .resume: inputs += rearm()
      case .suspend:
        suspend()
        inputs += rearm()
      }
    }
    return inputs
  }

  func suspend() {
    guard !isClosed else { return }
    send(EscapeText.mouseOff + EscapeText.modesOff)
    input.dropReply()
    tcflush(STDIN_FILENO, TCIFLUSH)
    screen.leave()
    isAway = true
    supervisor_take(0)
    supervisor_stop()
    // The reader sees SIGCONT and asks to resume.
    supervisor_wake(CChar(SUPERVISOR_WAKE_CONTINUE.rawValue))
  }

  func lend(_ body: () -> Void) {
    guard !isClosed else { return }
    send(EscapeText.mouseOff + EscapeText.modesOff)
    input.dropReply()
    screen.leave()
    isAway = true
    supervisor_take(0)
    body()
    // The other program may have left the screen in another size or mode.
    supervisor_wake(CChar(SUPERVISOR_WAKE_CONTINUE.rawValue))
  }

  func askBackground() {
    guard !isClosed, screen.answersQuestions else { return }
    send(EscapeText.askBackground)
    input.expectReply()
  }

  func setMouse(enabled: Bool) {
    guard enabled != isMouseEnabled, !isClosed else { return }
    isMouseEnabled = enabled
    send(enabled ? EscapeText.mouseOn : EscapeText.mouseOff)
  }

  func copyToClipboard(_ text: String) -> Bool {
    guard !isClosed, let sequence = EscapeText.clipboard(text) else { return false }
    send(sequence)
    return true
  }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    supervisor_finish()
    if supervisor_in_foreground() == 1, supervisor_can_write(200) == 1 {
      // Before the terminal echoes again, or a late report would be typed into the shell.
      send(EscapeText.mouseOff + EscapeText.modesOff)
      input.dropReply()
      tcflush(STDIN_FILENO, TCIFLUSH)
      screen.close(leaving: true)
    } else {
      supervisor_restore()
      screen.close(leaving: false)
    }
    supervisor_take(0)
    supervisor_release_crashes()
    supervisor_release_messages()
    supervisor_unwatch()
  }

  private func follow() -> TerminalInput {
    size = CursesScreen.size
    screen.resize(to: size)
    shown = nil
    return .resize(size)
  }

  // Another program had the terminal: its settings, modes, contents and size may have changed.
  private func rearm() -> [TerminalInput] {
    guard supervisor_in_foreground() == 1 else {
      isAway = true
      supervisor_stop()
      return []
    }
    isAway = false
    supervisor_take(1)
    screen.resume()
    send(EscapeText.modesOn + (isMouseEnabled ? EscapeText.mouseOn : ""))
    shown = nil
    guard size != CursesScreen.size else { return [.resumed] }
    return [.resumed, follow()]
  }

  private func send(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EAGAIN {
        // Another program has made the shared file non-blocking.
        var file = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        guard poll(&file, 1, -1) > 0 || errno == EINTR else { return }
        continue
      }
      guard count > 0 || count < 0 && errno == EINTR else { return }
      bytes = bytes.dropFirst(max(0, count))
    }
  }
}
