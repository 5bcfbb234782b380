%token_type {int}
%name Parse_numbers
%left PLUS MINUS.
%left TIMES DIVIDE.
%include {#include <assert.h>
#include <stdio.h>}
program ::= lines.
lines ::= lines line.
lines ::= line.
line ::= expr(A) SEMI. { printf("%d", A); }
%type expr {int}
expr(A) ::= expr(B) PLUS expr(C). { A = B + C; }
expr(A) ::= expr(B) MINUS expr(C). { A = B - C; }
expr(A) ::= expr(B) TIMES expr(C). { A = B * C; }
expr(A) ::= LP expr(B) RP. { A = B; }
expr(A) ::= NUMBER(B). { A = B; }
