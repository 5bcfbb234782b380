class Tree
  constructor: (@left, @right = 0) ->
    @seen = []

  add: (value, rest...) ->
    return false unless value? and value not in @seen
    @seen.push value
    total = (item * 2 for item in rest when item > 1)
    @right += total.length
    console.log "#{@left} has #{total}"
    true

  each: (visit) =>
    for own key, value of @seen
      visit? key, value
    this

class SmallTree extends Tree
  add: (value) ->
    super value
    {first, second: [head, tail...]} = value
    switch first
      when 1, 2 then head
      else tail

module.exports = {Tree, SmallTree}
