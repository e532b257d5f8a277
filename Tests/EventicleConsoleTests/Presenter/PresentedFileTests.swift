import EventicleCore
import EventicleSamples
import EventicleWorkbench
import TestSupport
import Testing

@testable import EventicleConsole

/// Files that are to be presented.
@Suite struct PresentedFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func problem(_ bytes: [UInt8]) throws -> String {
    let path = folder.file("a.tape")
    try Files.write(bytes, to: path)
    let error = #expect(throws: FileProblem.self) { try PresentedFile.read(path) }
    return error?.text ?? ""
  }

  private func lines(_ tape: PresentedTape, _ caption: Int) -> [String] {
    var lines: [String] = [""]
    for case .press(let key) in tape.captions[caption].deeds {
      if key == KeyPress(.enter) { lines.append("") } else { lines[lines.count - 1] += key.typed }
    }
    return lines.dropLast()
  }

  @Test func `a file that cannot be presented says why, and what would do`() throws {
    #expect(try problem(Array("hold\nrelease\n".utf8)).contains("lines that begin with #"))
    #expect(try problem([0x23, 0x20, 0xFF]).contains("line 1, byte 3: a tape is UTF-8 text"))
    let key = try problem(Array("# A. B.\nhold\n#: <Nope>\n".utf8))
    #expect(key.contains("a.tape, line 3: \"<Nope>\" is not a sequence of keys"))
    let gone = #expect(throws: FileProblem.self) {
      try PresentedFile.read(folder.file("gone.tape"))
    }
    #expect(gone?.text.contains("gone.tape") == true)
  }

  @Test func `a file that is there keeps its name, and what is saved gets another one`() throws {
    for name in ["a.eventicle", "a-2.eventicle", "b"] { try folder.write("mine", to: name) }
    let path = try folder.write(
      """
      # One. Two.
      save \(folder.file("a.eventicle"))
      save \(folder.file("b"))
      save \(folder.file("c.tape"))

      # Three. Four.
      #: :save \(folder.file("a.eventicle")) <Enter>
      """, to: "talk.tape")
    let tape = try PresentedFile.read(path)
    #expect(tape.name == "talk.tape")
    #expect(
      lines(tape, 0) == [
        ":save \(folder.file("a-3.eventicle"))", ":save \(folder.file("b-2"))",
        ":save \(folder.file("c.tape"))",
      ])
    #expect(lines(tape, 1) == [":save \(folder.file("a-3.eventicle"))"])
  }

  @Test func `a domain of one's own has no tour, and is told what there is`() throws {
    let domain = Domain("mine")
    #expect(try PresentedFile.tour(of: domain.name) == nil)
    let program = ConsoleProgram(
      session: try Session(domain), size: Size(columns: 80, rows: 24),
      effectRunner: SystemEffectRunner(
        themes: ThemeKeeper(ThemeLoader(folder: nil, environment: [:]) { _ in nil }),
        state: StateFolder(environment: [:]), terminal: nil, remembersLines: false))
    program.run(line: "demo")
    #expect(program.model.message?.text.contains("mine has no tour; present FILE") == true)
    program.run(line: "set typing=off")
    #expect(program.model.typing == .off)
    program.run(line: "set typing=quick")
    #expect(program.model.message?.text.contains("slow, normal, fast or off") == true)
  }
}

extension KeyPress {
  /// What the key types.
  fileprivate var typed: String { text.map { String($0) } ?? description }
}
