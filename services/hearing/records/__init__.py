"""What a hearing stands on and leaves: report, recusal question, signatures, performance of terms (S102, S104–S106)."""
