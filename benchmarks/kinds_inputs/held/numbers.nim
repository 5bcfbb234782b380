import std/[strutils, tables]
type Item = object
  name: string
  count: int
proc add(items: var seq[Item], name: string) =
  for item in items.mitems:
    if item.name == name:
      inc item.count
      return
  items.add Item(name: name, count: 1)
var items: seq[Item] = @[]
for word in "one two two three numbers".split(' '):
  items.add word
for item in items:
  echo item.name, " ", item.count
