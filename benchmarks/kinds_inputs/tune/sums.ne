main -> sum {% id %}
sum -> sum _ "+" _ product {% d => d[0] + d[4] %} | product {% id %}
product -> product _ "*" _ atom {% d => d[0] * d[4] %} | atom {% id %}
atom -> [0-9]:+ {% d => Number(d[0].join("")) %} | "(" _ sum _ ")" {% d => d[2] %}
_ -> [\s]:*
