class Account
  constructor: (@owner, @balance = 0) ->
    @seen = []

  add: (value, rest...) ->
    return false unless value? and value not in @seen
    @seen.push value
    total = (item * 2 for item in rest when item > 1)
    @balance += total.length
    console.log "#{@owner} has #{total}"
    true

  each: (visit) =>
    for own key, value of @seen
      visit? key, value
    this

class SmallAccount extends Account
  add: (value) ->
    super value
    {first, second: [head, tail...]} = value
    switch first
      when 1, 2 then head
      else tail

module.exports = {Account, SmallAccount}
