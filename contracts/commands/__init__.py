"""What a desk may ask of a service: per service a schema for every command and query, by the name of its RPC method."""
