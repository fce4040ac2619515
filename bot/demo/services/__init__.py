"""Local image services: twins of the real ones, on this machine and free of charge.

They check requests as strictly as the real services do, take as long by the clock, fail
to order, and draw clearly marked pictures. `dashscope` is the service, `routes` serves it.
"""
