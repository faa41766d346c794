"""The register of officials (干部名册): versions, copies without relations, matching who is accused."""
