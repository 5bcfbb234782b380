start = sum
sum = a:product "+" b:sum { return a + b; } / product
product = a:atom "*" b:product { return a * b; } / atom
atom = number / "(" s:sum ")" { return s; }
number "number" = digits:[0-9]+ { return parseInt(digits.join(""), 10); }
