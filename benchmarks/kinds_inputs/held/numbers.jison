%lex
%%
\s+ /* skip */
[0-9]+ return "NUM"
"+" return "+"
"*" return "*"
<<EOF>> return "EOF"
/lex
%left "+"
%left "*"
%start all
%%
all : e EOF { return $1; };
e : e "+" e { $$ = $1 + $3; } | e "*" e { $$ = $1 * $3; } | NUM { $$ = Number(yytext); };
