#!/bin/sh
# Prints the names of the newest regular files of a folder. Usage: newest.sh FOLDER COUNT
set -eu

folder=${1:?give a folder}
count=${2:?give a number of files}

[ -d "$folder" ] || { echo "$folder: no such folder" >&2; exit 2; }

find "$folder" -maxdepth 1 -type f -printf '%T@ %f\n' |
    sort -k1,1nr -k2 |
    head -n "$count" |
    cut -d ' ' -f 2-
