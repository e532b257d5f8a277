extension Saga {
  /// The key of an event, usually its domain id, as a value to match.
  public static let eventKey: Value = { .string($0.key) }

  /// Declares for all events how they find their instance: the property must have the value taken
  /// from the event.
  ///
  /// Each value has one live instance: a start writes the value to the property, and starts nothing
  /// while a live instance has it. An event without a value reaches no instance. A handler's own
  /// declaration takes precedence.
  ///
  /// - Parameter value: The value taken from the event; its key when absent.
  public func keyed(by property: String, value: @escaping Value = Saga.eventKey) -> Saga {
    changing { $0.key = Match(property: property, value: value) }
  }

  /// Starts an instance when an event happens.
  ///
  /// - Parameters:
  ///   - condition: Whether the event starts an instance; always when absent.
  ///   - property: No second instance is started while a live one has the value in this property;
  ///     the start writes it there.
  ///   - value: The value taken from the event; its key when absent. Without `unlessLive` it is an
  ///     error of the domain.
  ///   - lock: The lock that the step holds; while a lease holds it, the start waits for its end.
  public func startOn(
    _ type: EventType, when condition: @escaping @Sendable (Event) -> Bool = { _ in true },
    unlessLive property: String? = nil, value: Value? = nil, lock: LockName? = nil,
    do step: @escaping EventStep
  ) -> Saga {
    changing { saga in
      if saga.starts.contains(type) {
        saga.declared.append(.doubleHandler(saga: saga.name, method: "startOn", type))
      }
      if property == nil, value != nil {
        saga.declared.append(.startWithHalfMatch(saga: name, type))
      }
      let unless = property.map { Match(property: $0, value: value ?? Saga.eventKey) }
      saga.starts[type] = Start(condition: condition, unless: unless, lock: lock, step: step)
    }
  }

  /// Takes a step of the instances whose property has a value taken from the event.
  ///
  /// - Parameters:
  ///   - value: The value taken from the event; its key when absent.
  ///   - lock: The lock that the step holds; while a lease holds it, the step and later ones of the
  ///     instance wait for its end.
  public func on(
    _ type: EventType, matching property: String, value: @escaping Value = Saga.eventKey,
    lock: LockName? = nil, do step: @escaping EventStep
  ) -> Saga {
    handling(type, On(match: Match(property: property, value: value), lock: lock, step: step))
  }

  /// Takes a step of the instance that the event's key finds; see ``keyed(by:value:)``.
  public func on(
    _ type: EventType, lock: LockName? = nil, do step: @escaping EventStep
  ) -> Saga {
    handling(type, On(match: nil, lock: lock, step: step))
  }

  /// Handles every event of a type without any instance.
  public func onEvery(_ type: EventType, do handler: @escaping EventHandler) -> Saga {
    changing { saga in
      if saga.stateless.contains(type) {
        saga.declared.append(.doubleHandler(saga: saga.name, method: "onEvery", type))
      }
      saga.stateless[type] = handler
    }
  }

  /// Takes a step when a timer of an instance fires.
  public func onTimer(_ timer: String, do step: @escaping TimerStep) -> Saga {
    changing { saga in
      if saga.timers[timer] != nil {
        saga.declared.append(.doubleTimer(saga: saga.name, timer: timer))
      }
      saga.timers[timer] = step
      saga.timerList.append(timer)
    }
  }

  /// Takes a step when a timer fires that has no handler of its own, so that instances may arm
  /// timers of any name.
  public func onAnyTimer(do step: @escaping AnyTimerStep) -> Saga {
    changing { saga in
      if saga.anyTimer != nil {
        saga.declared.append(.doubleTimer(saga: saga.name, timer: "any"))
      }
      saga.anyTimer = step
    }
  }

  /// Names the states that an instance passes through, in the order in which it usually reaches
  /// them, so that tools can show those that are still to come.
  ///
  /// They are the words in the member `status` of an instance's data. They decide nothing.
  public func states(_ names: String...) -> Saga { changing { $0.states = names } }

  /// Finds out with a closure where each event goes, instead of by declared properties.
  ///
  /// For handlers whose matching cannot be declared, because it is code of another language or
  /// reads the store. The closure is asked once per delivery, inside a transaction that only
  /// reads, and its answer is kept with the delivery however long that waits. Its error is the
  /// failure of the delivery. It takes precedence over what ``keyed(by:value:)``, `matching:`,
  /// `unlessLive:` and a hot predicate say, and only types of events with a handler are routed.
  ///
  /// - Parameter hotParallel: The most instances at work at once with events whose lane is hot;
  ///   without it there is one lane.
  public func routed(hotParallel: Int? = nil, by router: @escaping Router) -> Saga {
    changing { saga in
      saga.router = router
      saga.isHot = nil
      saga.hotParallel = hotParallel.map { max(1, $0) }
    }
  }

  /// Runs a handler when a step fails; the policy decides what happens to the step.
  ///
  /// If the handler fails as well, the journal says so and none of its writes remain.
  public func onError(do step: @escaping ErrorStep) -> Saga {
    changing { $0.errorStep = step }
  }

  /// Sets how the saga takes its deliveries: the policy for a step that fails, the number of
  /// instances at work at once (50 by default), and whether an instance waits while one of its
  /// steps is parked.
  public func taking(_ options: ConsumerOptions) -> Saga {
    changing { $0.options = options }
  }

  /// Gives hot events a lane and slots of their own, so that they need not wait for cold ones.
  ///
  /// The predicate is evaluated once per event, and its answer is kept. An event for which it fails
  /// is cold. Events of one instance keep their order whatever their lanes are.
  ///
  /// - Parameter parallel: The most instances at work at once with hot events; as many as with cold
  ///   ones when absent.
  public func withHotPredicate(
    parallel: Int? = nil, _ isHot: @escaping HotPredicate
  ) -> Saga {
    changing { saga in
      saga.isHot = isHot
      saga.hotParallel = max(1, parallel ?? saga.options.parallel)
    }
  }

  /// Sets the version of its instances' data, which is 1 by default.
  ///
  /// Instances of an older version are migrated when an engine resumes with this definition, or
  /// else before their next step; one that cannot be migrated keeps its data, and its step fails
  /// with the reason.
  ///
  /// - Parameter number: The version, 1 or more; a domain with a lower one is refused.
  public func version(_ number: Int, migrate: @escaping Migration) -> Saga {
    changing { saga in
      if number < 1 { saga.declared.append(.versionTooLow(saga: name, version: number)) }
      saga.version = number
      saga.migration = migrate
    }
  }

  /// Limits how long a step may take on the world's clock; a step that takes longer fails.
  public func limitingSteps(to interval: Interval) -> Saga {
    changing { $0.stepLimit = interval }
  }

  private func handling(_ type: EventType, _ handler: On) -> Saga {
    changing { saga in
      if saga.handlers.contains(type) {
        saga.declared.append(.doubleHandler(saga: saga.name, method: "on", type))
      }
      saga.handlers[type] = handler
    }
  }
}
