"""Whole networks on a real RabbitMQ."""
