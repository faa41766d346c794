"""Cases that ask for a supervisor: bounced, not performed, pressed, long pending."""
