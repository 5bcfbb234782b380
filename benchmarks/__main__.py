"""Run every benchmark and print its figures as JSON."""

import json

from benchmarks import near_duplicates

if __name__ == "__main__":
    print(json.dumps({"near_duplicates": near_duplicates.measure()}, indent=2))
