import EventicleCore
import EventicleHost
import EventicleWorkbench
import Synchronization

/// The files and systems that a workbench follows, until another session is opened.
final class FollowedFiles: Sendable {
  private let timers = Mutex<[RestTimer]>([])
  private let endings = Mutex<[@Sendable () -> Void]>([])

  /// Looks when the timer rings, until another session is opened.
  ///
  /// - Parameter end: What is done then.
  func add(_ timer: RestTimer, end: (@Sendable () -> Void)? = nil) {
    timers.withLock { $0.append(timer) }
    if let end { endings.withLock { $0.append(end) } }
  }

  /// Lets a timer ring again, unless its file is not followed any more.
  func ring(_ timer: RestTimer, after delay: Interval?) {
    timers.withLock { timers in
      if timers.contains(where: { $0 === timer }) { timer.set(delay) }
    }
  }

  /// Looks at the files no more.
  func leave() {
    timers.withLock { timers in
      for timer in timers { timer.set(nil) }
      timers = []
    }
    let ends = endings.withLock { endings in
      defer { endings = [] }
      return endings
    }
    for end in ends { end() }
  }
}

extension WorkbenchThread {
  /// The work after which the events of a file are taken into the session as they come.
  ///
  /// - Throws: ``FileProblem`` when that cannot begin.
  func following(_ path: String) throws(FileProblem) -> WorkbenchWork {
    // Used on the thread of the session alone.
    nonisolated(unsafe) let follower = try FileFollower(EventImport(ImportedFile(path)))
    let timer = RestTimer { [weak work, afterWork, followed] timer in
      work?.post { session, answers in
        let look = follower.look(&session)
        if look.hasNews {
          afterWork(session)
          answers.put(.message(.notice(session.notice())))
        }
        if let remark = look.remark {
          let isWell = look.bad.isEmpty && look.next != nil
          answers.put(.message(.report(StatusMessage(remark, isWell ? .information : .warning))))
        }
        followed.ring(timer, after: look.next)
      }
    }
    return WorkbenchWork(nil) { [followed] _, _ in
      followed.add(timer)
      timer.set(Interval(milliseconds: 0))
      return []
    }
  }
}
