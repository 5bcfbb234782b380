#!/bin/sh
# Exits 0 when newest.sh names the newest files, blanks in names included.
set -eu
folder=$(mktemp -d)
trap 'rm -r -- "$folder"' EXIT
touch -d 2026-01-01 "$folder/old"
touch -d 2026-02-01 "$folder/with blank"
touch -d 2026-03-01 "$folder/new"
mkdir "$folder/sub"
[ "$(sh newest.sh "$folder" 2)" = "$(printf 'new\nwith blank')" ]
! sh newest.sh "$folder/missing" 1 2> /dev/null
