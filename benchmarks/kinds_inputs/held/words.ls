class Words
  (@name, @items = []) ->
  add: (item) ->
    @items.push item unless item in @items
    @items |> map (* 2) |> filter (> 3)
  total: -> fold (+), 0, @items
take = (n, [x, ...xs]:list) --> if n <= 0 then [] else [x] ++ take n - 1, xs
for own key, value of {a: 1, b: 2}
  console.log "#key is #value"
module.exports = {Words, take}
