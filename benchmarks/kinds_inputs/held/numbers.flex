package numbers;
%%
%class Lexer
%unicode
%int
%line
WORD = [:jletter:][:jletterdigit:]*
%%
"if" { return 1; }
"while" { return 2; }
{WORD} { return 3; }
[0-9]+ { return 4; }
[ \t\n]+ { }
[^] { return -1; }
