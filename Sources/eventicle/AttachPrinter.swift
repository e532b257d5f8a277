import EventicleConsole
import EventicleCore
import EventicleWorkbench
import Foundation

/// Prints what comes from an attached system, one JSON object a line.
struct AttachPrinter {
  private let system: AttachedSystem
  private let duration: Interval?
  private let file: CaptureFile?

  /// - Parameter duration: How long to go on; until ^C when `nil`.
  init(_ system: AttachedSystem, for duration: Interval?) throws(Failure) {
    self.system = system
    self.duration = duration
    do throws(FileProblem) {
      file = if let path = system.file { try CaptureFile(path) } else { nil }
    } catch { throw Failure(error.text, .store) }
  }

  /// How the connection is.
  private struct Standing {
    var wasConnected = false
    var isLost = false
    var isLive = false
    var reason = "no answer came"
  }

  /// Prints until the time is over or ^C.
  ///
  /// - Throws: ``Failure`` with status 3 when the system was never reached, and 1 when the connection
  ///   is lost at the end or not all that was asked for came.
  func run() throws(Failure) {
    let interruption = Interruption()
    defer { interruption.end() }
    let bell = DispatchSemaphore(value: 0)
    system.source.begin { bell.signal() }
    defer { system.source.end() }
    let end = duration.map { DispatchTime.now() + .milliseconds(Int($0.milliseconds)) }
    var standing = Standing()
    while !interruption.isAsked {
      for notice in system.source.take(events: 1_000) { try take(notice, &standing) }
      if system.source.hasMore { continue }
      guard end.map({ $0 > .now() }) ?? true else { break }
      let soon = DispatchTime.now() + .milliseconds(200)
      _ = bell.wait(timeout: end.map { min($0, soon) } ?? soon)
    }
    guard standing.wasConnected else {
      throw Failure("\(system.name) cannot be reached: \(standing.reason).", .store)
    }
    guard !standing.isLost else {
      throw Failure("The connection to \(system.name) is lost: \(standing.reason).", .failed)
    }
    guard standing.isLive else {
      throw Failure("Not all that was asked for of \(system.name) has come yet.", .failed)
    }
  }

  private func take(_ notice: PortNotice, _ standing: inout Standing) throws(Failure) {
    switch notice {
    case .connected:
      if standing.isLost { Output.complain("\(system.name): connected again") }
      (standing.wasConnected, standing.isLost) = (true, false)
    case .lost(let reason, _):
      if standing.wasConnected, !standing.isLost {
        Output.complain("\(system.name): the connection is lost: \(reason)")
      }
      (standing.isLost, standing.reason) = (true, reason)
    case .refused(let sentence): throw Failure(sentence, .store)
    case .live: standing.isLive = true
    case .gap(let gap): Output.complain("\(system.name): \(gap.sentence)")
    case .figures: break
    case .events(let wires, _):
      let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
      let events = wires.map { CapturedEvent.event(of: $0, arrivedAt: now) }
      for event in events {
        if let json = try? JSON(parsing: event.json) { Output.json(json) }
      }
      if let problem = file?.add(events) { throw Failure("\(problem).", .store) }
    }
  }
}
