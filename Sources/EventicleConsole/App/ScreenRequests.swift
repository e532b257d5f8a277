import EventicleCore
package import EventicleWorkbench
import Foundation

/// Answers what only a console can carry out, where there is no screen.
package enum ScreenRequests {
  /// The answer to a request, with the same problem that the console finds; `nil` for a request
  /// that needs no screen.
  package static func answer(_ request: SessionRequest) -> Reply? {
    var problem: String?
    switch request {
    case .theme("inspect"), .theme("check"), .theme("auto"), .set("theme", "auto"): break
    case .set("theme", let value?), .theme(let value?): problem = self.problem(ofTheme: value)
    case .set(let name, let value): problem = Settings.problem(name, value)
    case .find, .filter, .theme, .mouse, .pause, .story, .present, .shot, .attach: break
    default: return nil
    }
    var reply = Reply(problem: problem.map { Reply.Problem($0) })
    if problem == nil { reply.message = "this needs a screen; nothing was done" }
    return reply
  }

  private static func problem(ofTheme name: String) -> String? {
    let loader = Console.themes(ConsoleOptions(), ProcessInfo.processInfo.environment)
    do throws(ThemeError) {
      _ = try loader.theme(named: name)
      return nil
    } catch {
      return error.description
    }
  }
}
