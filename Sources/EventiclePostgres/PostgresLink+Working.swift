internal import CPostgres
internal import EventicleCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

extension PostgresLink {
  /// The most reads without a pause, so that a server that sends without end lets others come.
  private static let readsAtOnce = 64

  /// Reads, writes and begins what is next, on an open connection.
  func work(_ ready: [Int32], now: Instant) -> [PostgresNotice] {
    guard let link else { return [] }
    var notices: [PostgresNotice] = []
    if mustFlush, cpg_flush(link) == 0 { mustFlush = false }
    if ready.contains(cpg_socket(link)) {
      if let error = read(link, now: now, &notices) { return notices + lose(error, now: now) }
      // Looking at the session may have given the connection up.
      guard self.link != nil else { return notices }
    }
    if let running, now >= running.until {
      let error = PostgresError(
        .lost, "\(settings.address) has not answered for too long; the connection is given up.")
      return notices + lose(error, now: now)
    }
    if let error = beginNext(now: now, &notices) { return notices + lose(error, now: now) }
    return notices
  }

  /// Reads until nothing is left, and only then asks whether the connection is gone: the first read
  /// after the server ended it still succeeds, and the end of the file comes behind.
  private func read(
    _ link: OpaquePointer, now: Instant, _ notices: inout [PostgresNotice]
  ) -> PostgresError? {
    for _ in 0..<PostgresLink.readsAtOnce {
      let hasRead = cpg_consume(link) != 0
      notices += takeResults(link, now: now)
      guard self.link != nil else { return nil }
      guard hasRead, !isLost else { break }
      var waiting = pollfd(fd: cpg_socket(link), events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 0) > 0 else { break }
    }
    return isLost ? endReason(link) : nil
  }

  /// Why a connection is gone: what the server said before it ended it, else what the library says.
  private func endReason(_ link: OpaquePointer) -> PostgresError {
    if let failure, failure.kind == .lost || failure.kind == .busy { return failure }
    if let lastRemark, let (code, message) = PostgresErrorTable.coded(lastRemark) {
      let error = table.error(code: code, message: message)
      if error.kind == .lost || error.kind == .busy { return error }
    }
    let text = String(cString: cpg_message(link))
    let said = table.error(connecting: text, lacksPassword: false)
    return PostgresError(
      .lost, "The connection to \(settings.address) is gone.", raw: said.raw)
  }

  /// Takes what the server has answered in full.
  private func takeResults(_ link: OpaquePointer, now: Instant) -> [PostgresNotice] {
    var notices = heard(link)
    while running != nil, cpg_is_busy(link) == 0 {
      guard let running else { break }
      let result = cpg_next(link)
      defer { cpg_release(result) }
      switch cpg_kind_of(result) {
      case CPG_KIND_END:
        self.running = nil
        // What the server remarked on the way was found while its answer was read.
        notices += heard(link) + finish(running.job, now: now)
      case CPG_KIND_ROW:
        guard let result else { break }
        // The server has begun to answer: each row extends the time for the next.
        self.running = (running.job, until(now))
        if case .checking = phase {
          isAsAsked = true
        } else {
          notices.append(.row(running.job.number, PostgresLink.row(of: result)))
        }
      case CPG_KIND_FAILED:
        guard let result, failure == nil else { break }
        failure = error(of: result)
      default: break
      }
    }
    return notices
  }

  /// A statement is done, or failed.
  private func finish(_ job: Job, now: Instant) -> [PostgresNotice] {
    let failed = failure
    // When the connection goes with it, the reason is still asked for.
    if failed?.kind != .lost { failure = nil }
    if case .checking = phase { return endCheck(failed, now: now) }
    return [failed.map { .failed(job.number, $0) } ?? .done(job.number)]
  }

  private func heard(_ link: OpaquePointer) -> [PostgresNotice] {
    var notices: [PostgresNotice] = []
    let size = 512
    var text = [CChar](repeating: 0, count: size)
    while cpg_notification(link, &text, size) != 0 {
      notices.append(.heard(PostgresLink.string(text)))
    }
    while cpg_remark(link, &text, size) != 0 {
      let remark = PostgresLink.string(text)
      lastRemark = remark
      notices.append(.remark(settings.redaction.apply(remark)))
    }
    return notices
  }

  private static func string(_ text: [CChar]) -> String {
    String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func row(of result: OpaquePointer) -> PostgresRow {
    PostgresRow(
      (0..<cpg_columns(result)).map { column in
        var length: Int32 = 0
        guard let value = cpg_value(result, 0, column, &length) else { return nil }
        return value.withMemoryRebound(to: UInt8.self, capacity: Int(length)) {
          Array(UnsafeBufferPointer(start: $0, count: Int(length)))
        }
      })
  }

  private func error(of result: OpaquePointer) -> PostgresError {
    func field(_ field: cpg_field) -> String? {
      cpg_error(result, field).map { String(cString: $0) }
    }
    let message = [field(CPG_FIELD_MESSAGE), field(CPG_FIELD_DETAIL)].compactMap { $0 }
      .joined(separator: "; ")
    guard let code = field(CPG_FIELD_STATE) else {
      return PostgresError(
        .lost, "The connection to \(settings.address) is gone.",
        raw: settings.redaction.apply(message))
    }
    return table.error(code: code, message: message)
  }

  // MARK: - Beginning statements

  private func until(_ now: Instant) -> Instant {
    now + settings.statementLimit + PostgresSettings.answerLimit
  }

  /// Gives the server the next statement, if it is free and the session was looked at.
  private func beginNext(now: Instant, _ notices: inout [PostgresNotice]) -> PostgresError? {
    guard case .open = phase, running == nil, !waiting.isEmpty else { return nil }
    return begin(waiting.removeFirst(), now: now)
  }

  private func begin(_ job: Job, now: Instant) -> PostgresError? {
    guard let link else { return nil }
    failure = nil
    let sent =
      job.statement.isScript
      ? cpg_send_script(link, job.statement.text) : PostgresLink.send(job.statement, to: link)
    guard sent != 0, case let left = cpg_flush(link), left >= 0 else {
      return endReason(link)
    }
    mustFlush = left > 0
    running = (job, until(now))
    return nil
  }

  private static func send(_ statement: PostgresStatement, to link: OpaquePointer) -> Int32 {
    var values = statement.values.map { $0.flatMap { strdup($0) } }
    defer { for value in values { free(value) } }
    return values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress, !values.isEmpty else {
        return cpg_send(link, statement.text, 0, nil)
      }
      return base.withMemoryRebound(to: UnsafePointer<CChar>?.self, capacity: values.count) {
        cpg_send(link, statement.text, Int32(values.count), $0)
      }
    }
  }

  // MARK: - Looking at the session

  /// Asks the server whether it took the session's settings: a pooler may have left them out.
  func beginCheck(now: Instant) -> [PostgresNotice] {
    let statement = PostgresStatement(
      "SELECT 1 WHERE current_setting('default_transaction_read_only') = $1 "
        + "AND current_setting('statement_timeout') <> '0' AND current_setting('DateStyle') LIKE 'ISO%'",
      [settings.purpose == .reading ? "on" : "off"])
    let job = Job(number: 0, statement: statement)
    isAsAsked = false
    return begin(job, now: now).map { lose($0, now: now) } ?? []
  }

  private func endCheck(_ failed: PostgresError?, now: Instant) -> [PostgresNotice] {
    if let failed { return lose(failed, now: now) }
    guard isAsAsked else {
      return lose(
        PostgresError(
          .session,
          "\(settings.address) left out what the session was to begin with: that it only reads, and its "
            + "limits. Connect to PostgreSQL itself, not through a pooler."), now: now)
    }
    return didOpen()
  }
}
