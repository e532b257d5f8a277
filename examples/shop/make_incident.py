#!/usr/bin/env python3
"""Writes a history of shop orders, one JSON event a line, in which one order is shipped twice.

Usage: make_incident.py [ORDERS] > incident.ndjson      ORDERS: how many orders there are, 40 by default

The orders come from another system: ids are its own and no saga, command or timer is in the file. The
customer of order 4711 was charged once; its warehouse got two shipments.
"""
import json
import sys
from datetime import datetime, timedelta, timezone

orders = int(sys.argv[1]) if len(sys.argv) > 1 else 40
clock = datetime(2026, 1, 5, 8, 0, tzinfo=timezone.utc)
twice = 4711
number = 0
lines = []


def fact(after, stream, kind, subject, data):
    """Appends an event that happened so many seconds after the one before."""
    global clock, number
    clock += timedelta(seconds=after)
    number += 1
    lines.append({
        "id": f"legacy-{number:06d}", "type": kind, "source": "legacy", "stream": stream,
        "domainId": subject, "createdAt": clock.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "data": data,
    })


for index in range(orders):
    order = f"order-{twice - orders // 2 + index}"
    payment, shipment = f"p-{9000 + index}", f"s-{7000 + index}"
    total = 10 + index * 7 % 90
    fact(60, "orders", "OrderCreated", order,
         {"customer": f"c-{index % 7}", "total": total, "currency": "GBP"})
    fact(0, "orders", "OrderPriced", order, {"total": total})
    fact(1, "payments", "PaymentRequested", payment,
         {"orderId": order, "amount": total, "currency": "GBP"})
    fact(20, "payments", "PaymentSucceeded", payment, {"orderId": order, "amount": total})
    fact(1, "orders", "OrderPaid", order, {"paymentId": payment})
    fact(2, "shipping", "ShipmentCreated", shipment, {"orderId": order})
    if order == f"order-{twice}":
        # The message that the order was paid came twice, and nobody looked whether it was shipped.
        fact(3, "shipping", "ShipmentCreated", f"s-{7900 + index}", {"orderId": order})

for line in lines:
    print(json.dumps(line, separators=(",", ":")))
