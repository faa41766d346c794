"""What a reporter says by receipt: withdrawal, performance, retaliation, objection to a person."""
