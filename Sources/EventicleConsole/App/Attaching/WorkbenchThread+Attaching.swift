import EventicleCore
import EventicleHost
import EventicleWorkbench
import Foundation

extension WorkbenchThread {
  func attaching(
    _ system: AttachedSystem, _ domain: Domain?
  ) throws(FileProblem) -> WorkbenchWork {
    // Used on the thread of the session alone.
    nonisolated(unsafe) let follower = try AttachFollower(system, now: Self.machineTime)
    let source = system.source
    let timer = RestTimer { [weak work, afterWork, followed] timer in
      work?.post { session, answers in
        let look = follower.look(&session)
        if look.hasNews {
          afterWork(session)
          answers.put(.message(.notice(session.notice())), replacing: Kind.moment.rawValue)
        }
        if let remote = look.remote {
          answers.put(.message(.remote(remote)), replacing: Kind.remote.rawValue)
        }
        if let (text, isProblem) = look.remark {
          answers.put(.message(.report(StatusMessage(text, isProblem ? .warning : .information))))
        }
        followed.ring(timer, after: look.next)
        // What came meanwhile has rung already, and would wait.
        if source.hasMore { followed.ring(timer, after: Interval(milliseconds: 0)) }
      }
    }
    return WorkbenchWork("attach \(system.name)") { [followed] session, _ in
      do throws(DomainError) {
        var fresh = try Session(domain ?? session.domain, startingAt: Self.machineTime())
        (fresh.watch, fresh.keyNames) = (session.watch, session.keyNames)
        fresh.attach(as: system.name)
        session.leaveStore()
        session = fresh
      } catch {
        return [.report(StatusMessage(error.description, .problem))]
      }
      followed.leave()
      followed.add(timer) { source.end() }
      source.begin { followed.ring(timer, after: Interval(milliseconds: 0)) }
      timer.set(Interval(milliseconds: 0))
      return [.attached(session.notice(), system.connecting)]
    }
  }

  private static func machineTime() -> Instant {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
  }
}
