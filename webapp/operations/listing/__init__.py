"""The services table: finding, drawing, ticking."""
