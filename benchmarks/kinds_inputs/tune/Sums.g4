grammar Sums;
file: line+ EOF;
line: NAME '=' sum ';' | sum ';';
sum: product (('+' | '-') product)*;
product: atom (('*' | '/') atom)*;
atom: NUMBER | NAME | '(' sum ')';
NAME: [a-z] [a-z0-9_]*;
NUMBER: [0-9]+ ('.' [0-9]+)?;
BLANK: [ \t\r\n]+ -> skip;
