"""License claims from files, license texts, manifests and agreements, and what they add up to."""
