import EventicleCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `eventicle-bench`: the table of all; `eventicle-bench NAME`: one of them at its sizes;
/// `eventicle-bench NAME N`: one run in this process, as a line of JSON.
@main
struct Main {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    do {
      switch words.count {
      case 0: try Table(Bench.all).print()
      case 1 where words[0] == "--names":
        for bench in Bench.all { print(bench.name) }
      case 1: try Table([try bench(words[0])]).print()
      case 2:
        guard let size = Int(words[1]), size > 0 else {
          throw WrongContent(description: "A size is a number above 0, but this is \(words[1]).")
        }
        print(line(words[0], size, try bench(words[0]).run(size)))
      default:
        throw WrongContent(description: "Write: eventicle-bench [NAME [N]].")
      }
    } catch {
      let sentence = Array("\(error)\n".utf8)
      _ = write(2, sentence, sentence.count)
      exit(1)
    }
  }

  private static func bench(_ name: String) throws -> Bench {
    if let found = Bench.all.first(where: { $0.name == name }) { return found }
    let names = Bench.all.map(\.name).joined(separator: ", ")
    throw WrongContent(description: "There is no measurement \"\(name)\"; there are \(names).")
  }

  /// One run as JSON.
  private static func line(_ name: String, _ size: Int, _ sample: Sample) -> String {
    var members: [(String, String)] = [
      ("bench", "\"\(name)\""), ("n", "\(size)"), ("ops", "\(sample.operations)"),
      ("ms", Words.number(sample.seconds * 1_000)),
      ("cpu_ms", Words.number(sample.processor * 1_000)),
      ("rss_mb", Words.number(Clock.peakMegabytes())), ("check", "\(sample.check)"),
    ]
    for (name, value) in sample.more { members.append((name, Words.number(value))) }
    return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
  }
}
