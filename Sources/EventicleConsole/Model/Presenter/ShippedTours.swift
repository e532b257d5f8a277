/// The tours in the folder `examples`, as they are there; `make golden` copies them anew.
enum ShippedTours {
  /// The text of each domain's tour by the name of the domain.
  static let texts: [String: String] = [
    "bank": #"""
    # A tape of the domain bank.
    # eventicle run THIS --domain bank --at 2026-01-01T09:00:00Z --seed 1

    # The tour of the bank. Eight captions: money that goes from one account to another, what becomes of
    # it when that fails, and a race. Space does the next one; any other key works as everywhere.

    # Money is a list of facts. Two accounts were opened, and 100 came in. No balance is stored: it is
    # what the facts add up to.
    #: :OpenAccount owner=ada <Enter> :OpenAccount owner=ben <Enter>
    #: :Deposit accountId=acc-1 amount:=100 <Enter> 3
    OpenAccount owner=ada
    OpenAccount owner=ben
    Deposit accountId=acc-1 amount:=100
    expect A Account/acc-1.balance = 100

    # A transfer takes two steps. Out of one account, into the other. Nothing locks both of them: a saga
    # sees it through.
    #: 4 :RequestTransfer from=acc-1 to=acc-2 amount:=30 <Enter>
    RequestTransfer from=acc-1 to=acc-2 amount:=30
    expect S TransferSaga/tr-1.status = completed

    # Both ends agree. acc-1 has 70, acc-2 has 30: Balances adds up the same facts.
    #: 6
    expect V Balances/acc-1.balance = 70
    expect V Balances/acc-2.balance = 30

    # Too much is refused. The saga asked for 500, but acc-1 has 70: nothing was taken, and the transfer
    # has failed.
    #: 4 :RequestTransfer from=acc-1 to=acc-2 amount:=500 <Enter>
    RequestTransfer from=acc-1 to=acc-2 amount:=500
    expect V Ledger/tr-2.outcome = failed
    expect A Account/acc-1.balance = 70

    # Fail, and make good. The money had left acc-1 when acc-2 was found frozen. No fact is unwritten:
    # the saga pays it back, with a fact of its own.
    #: :Freeze accountId=acc-2 reason=check <Enter>
    #: :RequestTransfer from=acc-1 to=acc-2 amount:=20 <Enter>
    Freeze accountId=acc-2 reason=check
    RequestTransfer from=acc-1 to=acc-2 amount:=20
    expect V Ledger/tr-3.outcome = failed
    expect A Account/acc-1.balance = 70

    # A race. The engine is held: 30 have left acc-1 and are not there yet. Just now somebody freezes
    # acc-2.
    #: :Unfreeze accountId=acc-2 <Enter> :hold <Enter> 5
    #: :RequestTransfer from=acc-1 to=acc-2 amount:=30 <Enter> .
    #: :Freeze accountId=acc-2 reason=check <Enter>
    Unfreeze accountId=acc-2
    hold
    RequestTransfer from=acc-1 to=acc-2 amount:=30
    step
    Freeze accountId=acc-2 reason=check
    expect A Account/acc-1.balance = 40
    expect A Account/acc-2.balance = 30

    # Let it run. The deposit comes too late and is refused, and the saga pays back: nothing is lost.
    #: 4 L
    live
    expect V Ledger/tr-4.outcome = failed
    expect A Account/acc-1.balance = 70

    # What if? In a fork from just before the freeze nobody freezes anything, and the same 30 arrive.
    #: :goto last MoneyWithdrawn <Enter> w <Enter> L
    goto last MoneyWithdrawn
    fork what-if-1
    live
    expect V Ledger/tr-4.outcome = completed
    expect A Account/acc-2.balance = 60

    """#,
    "shop": #"""
    # The tour of the shop. Twelve captions, about five minutes: event sourcing on one order and a card
    # that is declined. Space does the next one; any other key works as everywhere.
    # eventicle demo shows it, eventicle run examples/tour.tape runs it without a screen.

    # An event is a fact. order-1 was created. It has a number, a time, a name in the past tense, and it
    # will never be changed.
    #: :PlaceOrder customer=c-19 total:=59 <Enter> <Home>
    PlaceOrder customer=c-19 total:=59
    expect count(*) = 3
    goto #1

    # A stream is a list of facts. #1 and #2 are in orders, #3 in payments. The bracket says one step
    # wrote both, or neither.
    #: L k
    goto #2
    expect A Order/order-1.status = paying

    # State is what the facts add up to. Nobody stored "paying". Go back and it is gone; go on and it is
    # there.
    #: 3 , .
    back
    expect missing A Order/order-1
    step
    expect A Order/order-1.status = paying

    # A command asks, and may be refused. An order's total must be more than 0, but it is 0. Nothing was
    # written.
    #: 1 L :PlaceOrder customer=c-19 total:=0 <Enter>
    live
    PlaceOrder customer=c-19 total:=0
    expect error ~ more than 0
    expect count(*) = 3

    # A view adds up the same facts differently. OrderBoard has a row an order, Revenue a row a currency.
    #: 6 ]
    expect V OrderBoard/order-1.status = paying
    expect V Revenue/GBP.orders = 1

    # A saga waits. For the money, for a no, or for five minutes to pass. Here comes the no.
    #: 3 4 :DeclinePayment paymentId=pay-1 <Enter>
    DeclinePayment paymentId=pay-1
    expect S PaymentSaga/order-1.status = declined

    # A timer is a promise. To try again in 30 seconds. Nobody needs to wait for it: the clock goes there,
    # and the promise is kept.
    #: t
    fire
    expect S PaymentSaga/order-1.status = retrying

    # Fail, and make good. Two more declines; at the third the saga takes back what it began.
    #: :DeclinePayment paymentId=pay-2 <Enter> t :DeclinePayment paymentId=pay-3 <Enter>
    DeclinePayment paymentId=pay-2
    fire
    DeclinePayment paymentId=pay-3
    expect A Order/order-1.status = cancelled
    expect count(*) = 13

    # Go back in time. The past is still there. Every comma walks one fact back, and the order, the saga
    # and the views are what they were then. Nothing runs while we look.
    #: :order-1 <Enter> , , , , , , , , ,
    goto #2
    expect A Order/order-1.status = paying

    # What if? At #7 we open a fork of our own, and this time the card is good.
    #: :#7 <Enter> w <Enter> :CapturePayment paymentId=pay-2 <Enter> :compare <Enter>
    goto #7
    fork what-if-1
    CapturePayment paymentId=pay-2
    compare
    expect A Order/order-1.status = paid

    # Replay proves it. Every step runs again from the code; not one differs.
    #: :verify <Enter>
    verify
    expect S PaymentSaga/order-1.status = paid

    # It is one file. Save it, send it, open it: the past comes along.
    #: :switch main <Enter> L 1 :save shop.eventicle <Enter>
    switch main
    live
    expect A Order/order-1.status = cancelled

    """#,
  ]
}
