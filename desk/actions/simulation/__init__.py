"""Plausible past days, played through and written in bulk (``desk.actions.simulate`` is the way in).

place.py    what the site is: services, counters, hours, staff, printers, words
demand.py   how many come, when, with what; how long things take
book.py     the rows of one day: what the actions would have written, collected and inserted at once
stage.py    the agenda of one day and what everybody on it shares
hall.py     queue and counters: the calling rule, service, breaks, lunch, those who do not come or leave
door.py     who comes in: numbers, directions, what is undone
escorts.py  refakat with its equipment
papers.py   petitions, and every slip
lives.py    how applications end, are told and asked about
calls.py    the calls of the exchange
again.py    played days written again as other days
bulk.py     what is set aside while a database is filled
"""
