"""The Dagster layer: thin assets over the step packages. No logic about code data lives here."""
