import Foundation
import TestSupport
import Testing

/// What the console is to be able to do, each with the test that shows it, or what brings it later.
@Suite struct FeatureTableTests {
  private enum Answer {
    /// The name of a test.
    case shown(String)
    /// What it comes with.
    case later(String)
  }

  /// By the numbers of the table of features.
  private static let table: [Int: Answer] = [
    1: .shown("every action has a title and keys that lead to it"),
    2: .shown("q first leaves the zoomed pane, then the console"),
    3: .shown("a large screen has a place for every pane, and the map that of the saga"),
    4: .shown("back restores the focus and the selection"),
    5: .later("a breadcrumb that lists siblings"),
    6: .shown(
      "a screen of 120 columns has the tail over the saga, the event, the state and what is next"),
    7: .later("marks on the scrollbar"),
    10: .shown("a search is named in the title and counted in the footer"),
    11: .shown("the header names the fork in place of what keeps main"),
    12: .shown("a second console follows the first, and takes over when it has left"),
    13: .shown("moving up stops following, and moving to the end resumes it"),
    14: .shown("who looks at the past goes on looking at it"),
    15: .shown("a wide tail names streams, commands, instances and who reacted"),
    16: .shown("times are told since the row above, since the cause, and of the day again"),
    17: .shown("pauses lose their rows and get them back, and the row stays"),
    18: .shown("the tail with all but hits folded"),
    19: .later("one order of rows for every pane"),
    20: .shown("a consumer that waits says where it is, what it lacks and when its turn comes"),
    21: .shown("the cost of a screen does not depend on the length of the log"),
    23: .shown("Enter keeps the hits and the folds, n and N walk, and Esc brings all back"),
    24: .shown("a filter folds all but the matching rows and counts them"),
    25: .shown("a filter passes exactly these events"),
    26: .shown("everything that can be set is read"),
    27: .shown("typing counts hits, walks to one, and Tab folds the rest"),
    28: .shown("Esc in the prompt brings all back with the cursor kept, and Ctrl-O goes back"),
    29: .shown("new events come to the last fold, and the newest moment stays"),
    30: .shown("what was found is underlined in the event and the id"),
    31: .later("rows around the target of a jump"),
    32: .shown("each list finds, walks, folds and unfolds with the row kept"),
    33: .later("events that changed a path"),
    34: .shown("a moment in a fold is shown as such while steps walk over it"),
    35: .shown("one page has the data, what changed, why, who reacted and what follows"),
    36: .shown("a folded member takes one line"),
    37: .shown("the Diff tab lists aggregates, views, sagas and timers"),
    38: .shown("the Cause tab leads from the root through the event to its effects"),
    39: .shown("the Deliveries tab is a table in declaration order"),
    40: .shown("the copied emit command emits them too"),
    41: .shown("Ctrl-X Ctrl-E edits the line elsewhere, and Enter runs what came back"),
    42: .shown("the signature shows the arguments still missing"),
    43: .later("the rest of a big value on demand"),
    45: .shown("values of secrets are not in it"),
    46: .later("notes on a position"),
    47: .shown("two versions are compared, and Esc is back"),
    48: .shown("a machine is exact, and states inside a state are indented"),
    49: .shown("Enter shows the engine's sentences, and Esc closes them"),
    50: .later("results of guards"),
    51: .shown("instances are listed worst first, with what wakes them next"),
    52: .shown("the state is that at the cursor"),
    53: .shown("any history equals its rebuild, and a swap changes nothing"),
    54: .shown("a number that changes draws its history"),
    55: .shown("a probe says a line for each place of all history"),
    56: .shown("in the past, the future is dotted and failures are marked"),
    57: .shown("two steps back and two forward end on the same screen"),
    58: .shown("places offered in time can be gone to"),
    59: .shown("the row that is selected is the moment that is shown"),
    60: .shown("Space plays the past until a key is pressed or the newest moment is reached"),
    61: .shown("s leaves the selected event out of a fork, and u brings it back"),
    62: .shown("a step that comes later leads to what it would have led to then"),
    63: .shown("a paged session loses nothing when any operation of its store fails"),
    64: .shown("rows after the moment are dim and marked but stay"),
    65: .shown("any trip through time and back to live ends on the same screen"),
    66: .shown("main is untouched by what is done in a fork, its tape and store included"),
    67: .shown("Enter compares with a fork, then goes to it, and w opens one at the moment"),
    68: .shown("v does everything again and says what is the same"),
    69: .shown("undo takes the last line back and keeps what it did as a fork"),
    70: .shown("what is imported is exported byte for byte, through files, pipes and gzip"),
    71: .shown("b sets a stop on the row's type, and removes it again"),
    72: .shown("a condition, a hit count and once narrow a stop"),
    73: .shown("a failure stops before it, a refusal after it"),
    74: .shown("a step of a consumer is stopped before it happens, and then can be watched"),
    75: .shown("a stop at a value that changes finds who changed it, backwards too"),
    76: .shown("hits are counted over all history, and walked in both directions"),
    77: .shown("holding stops the clock and deliveries"),
    78: .shown("a held engine is stepped through delivery by delivery"),
    79: .shown("it makes all deliveries that follow and says what came of them"),
    80: .shown("stepping by one saga or aggregate visits all its steps and ends"),
    81: .shown("the braces stand on the same moments from any pane"),
    82: .shown("a declined payment is drawn with its timers at 80 columns"),
    83: .shown("the rail of a timer is closed where it fires"),
    84: .shown("a key leads from an instance to the list and back, and Enter opens"),
    85: .shown("steps after the moment are dim, below a rule, with dotted rails"),
    86: .shown("two instances have separate timelines"),
    87: .later("a chart of spans"),
    88: .later("lanes"),
    89: .shown("a timer fires when it is due, or immediately with t"),
    90: .shown("end and correct work on instances, and going back undoes them"),
    91: .shown("the journal shows skipped, parked, retried and stopped deliveries"),
    92: .shown("parked deliveries are listed, edited, retried and dropped"),
    93: .later("diagrams as text"),
    94: .shown("a command of the domain is a verb"),
    95: .shown("keys edit the line as in readline"),
    96: .shown("Up visits the lines that begin with the typed text"),
    97: .shown("a field for an id completes to existing ids with their state"),
    98: .shown("a preview says what the line then does, and leaves the session as it was"),
    99: .shown("running the line emits exactly that event, once"),
    100: .shown("new events come to the last fold, and the newest moment stays"),
    101: .shown("a paste becomes one line of commands and runs nothing"),
    102: .shown("typing finds commands, events, sagas, actions and help"),
    103: .shown("a saved tape repeats everything"),
    104: .later("tests made of a history"),
    105: .shown("frame prints the screen and ends with 1 when a line of its tape fails"),
    106: .shown("Space does the next caption whole, and then says it"),
    107: .shown("a picture escapes its text and keeps to the grid"),
    108: .shown("a saved session opens as it was, in its domain"),
    109: .shown("the tour goes from the first event to a file that opens"),
    110: .shown("the built-in theme uses only the user's palette"),
    111: .shown("theme inspect names the role and the colours of the cells"),
    112: .shown("a theme's file that is edited is shown at once"),
    113: .shown("an unknown terminal gets plain ANSI and a word about it"),
    114: .shown("NO_COLOR is obeyed"),
    115: .later("plain output for screen readers"),
    116: .shown("opposite hues stay apart for the eyes of a theme"),
    117: .shown("the click that brings the window to the front does nothing"),
    118: .shown("a crash leaves the terminal usable and is reported"),
    119: .shown("no drawing uses a character with an emoji form"),
    120: .shown("the colours are named with their reason"),
    121: .shown("a project counts more than what is set for all"),
    122: .shown("a key that an action had goes to the one it was set for, and that is said"),
    123: .shown("entries are grouped and counted"),
    124: .shown("what cannot be done now says why"),
    125: .shown("Enter is offered on a row just where it does something"),
    126: .shown("it is a screen of its own that says what the domain is and what is not there"),
    127: .shown("many resizes do no harm"),
    128: .shown("a suspended console gives the terminal back and takes it again"),
    129: .shown("the console ends when its terminal is gone"),
    130: .shown("a session that ended is recovered whole and unsaved"),
    131: .shown("an import paints first, shows events while the rest comes and ends at Ctrl-C"),
    132: .later("contexts"),
    133: .later("attached streams"),
    134: .later("attached streams that are only read"),
    135: .shown("Ctrl-C ends the work, drops the lines that wait and does not leave"),
    136: .shown("what a line did and why one was refused are noted, with the line and its moment"),
  ]

  /// The page with the table, where the design lies beside the working copy.
  private static let page = "../shared/design/console.md"

  @Test func `each feature has a test that is there, or is told to come later`() throws {
    let files = Repository.files(in: "Tests", withSuffix: ".swift")
      .filter { !$0.hasSuffix("/FeatureTableTests.swift") }
    let tests = files.compactMap { Repository.text(at: $0) }.joined(separator: "\n")
    #expect(files.count > 100)
    for (number, answer) in Self.table.sorted(by: { $0.key < $1.key }) {
      switch answer {
      case .shown(let name):
        #expect(tests.contains("func `\(name)`"), "\(number): there is no test \"\(name)\"")
      case .later(let what): #expect(!what.isEmpty)
      }
    }
  }

  @Test(.enabled(if: Repository.exists(page), "the page of features is not beside this copy"))
  func `no feature of the page is missing`() throws {
    let text = try #require(Repository.text(at: Self.page))
    let section = try #require(
      text.split(separator: "\n## ").first { $0.hasPrefix("1. Feature table") })
    var rows: Set<Int> = []
    for line in section.split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      guard cells.count > 2, let number = Int(cells[1].trimmingCharacters(in: .whitespaces)),
        line.contains("(P1") || line.contains("(P2")
      else { continue }
      rows.insert(number)
    }
    #expect(rows.count > 120)
    #expect(rows.subtracting(Self.table.keys).sorted() == [])
    #expect(Set(Self.table.keys).subtracting(rows).sorted() == [])
  }
}
