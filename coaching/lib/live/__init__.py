"""Live pages: an event stream says "changed", screens fetch a fragment rendered once per group and version.

Runs beside Django's own request handling, so that an open screen costs neither a thread nor a database
connection. `channel` is a session's primary key as a string of digits.
"""
