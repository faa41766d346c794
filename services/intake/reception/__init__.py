"""Named reception (点名接访): boards, schedules, bookings, records and the hall's roster (S51, S53, S60–S61, S88–S97)."""
